using PSSandbox.Shell.Expansion;

namespace PSSandbox.Tests.Shell.Expansion;

/// <summary>Sorting in pieces gives what sorting at once does.</summary>
public sealed class LargeSortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(8192)]
    [InlineData(50_000)]
    public void Names_are_in_byte_order(int count)
    {
        var random = new Random(count);
        List<string> names = [.. Enumerable.Range(0, count).Select(_ => $"{(char)random.Next(33, 256)}{random.Next(count)}")];
        string[] expected = [.. names.Order(StringComparer.Ordinal)];
        LargeSort.Sort(names, null);
        Assert.Equal(expected, names);
        LargeSort.Sort(names, null);
        Assert.Equal(expected, names);
        names.Reverse();
        LargeSort.Sort(names, null);
        Assert.Equal(expected, names);
    }
}
