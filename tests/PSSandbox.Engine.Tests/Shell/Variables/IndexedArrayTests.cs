using PSSandbox.Shell.Variables;

namespace PSSandbox.Tests.Shell.Variables;

/// <summary>Arrays against a plain tree, for indices near and far, in any order.</summary>
public sealed class IndexedArrayTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 3_000)]
    [InlineData(3, 100_000)]
    [InlineData(4, long.MaxValue)]
    public void It_holds_what_a_tree_holds(int seed, long range)
    {
        var random = new Random(seed);
        var array = new IndexedArray();
        SortedDictionary<long, string> expected = [];
        for (int i = 0; i < 20_000; i++)
        {
            // Now and then the other way, so that it shrinks again.
            bool adds = random.Next(10) < (i % 5000 < 4000 ? 7 : 2);
            long index = random.Next(4) == 0 ? random.NextInt64(Math.Min(range, 200)) : random.NextInt64(range);
            switch (random.Next(20))
            {
                case 0 when expected.Count > 0:
                    index = expected.Keys.Last();
                    break;
                case 1 when expected.Count > 0 && expected.Keys.Last() < long.MaxValue - 1:
                    array.Add($"{i}");
                    expected[expected.Keys.Last() + 1] = $"{i}";
                    continue;
            }

            if (adds)
            {
                array.Set(index, $"{i}");
                expected[index] = $"{i}";
            }
            else
            {
                array.Remove(index);
                expected.Remove(index);
            }

            Assert.Equal(expected.GetValueOrDefault(index), array[index]);
            Assert.Equal(expected.Count, array.Count);
            if (i % 500 == 0)
                Compare(expected, array);
        }

        // A copy is apart from what it was made of.
        IndexedArray copy = array.Clone(static () => { });
        foreach (long index in expected.Keys.Where(static index => index % 3 == 0))
            array.Set(index, "changed");
        Compare(expected, copy);
        foreach (long index in expected.Keys)
            array.Remove(index);
        Assert.Equal((0, -1L), (array.Count, array.LastIndex));
        Assert.Empty(array);
        Compare(expected, copy);
    }

    [Fact]
    public void What_is_filled_upwards_and_downwards_is_in_order()
    {
        var up = new IndexedArray();
        var down = new IndexedArray();
        for (int i = 0; i < 5000; i++)
        {
            up.Set(i * 1000L, $"{i}");
            down.Set((4999 - i) * 1000L, $"{4999 - i}");
        }

        Assert.Equal(up, down);
        List<string> values = [];
        down.CopyValuesTo(values);
        Assert.Equal(Enumerable.Range(0, 5000).Select(static i => $"{i}"), values);
    }

    private static void Compare(SortedDictionary<long, string> expected, IndexedArray array)
    {
        Assert.Equal(expected, array);
        List<string> values = [];
        array.CopyValuesTo(values);
        Assert.Equal(expected.Values, values);
        Assert.Equal(expected.Values.Sum(static value => value.Length), array.Characters);
        Assert.Equal(expected.Count == 0 ? -1 : expected.Keys.Last(), array.LastIndex);
    }
}
