using PSSandbox.Shell.Expansion;

namespace PSSandbox.Tests.Shell.Expansion;

/// <summary>What is done in pieces gives what it gives at once.</summary>
public sealed class LargeTextTests
{
    [Fact]
    public void Searches_and_comparisons_are_those_of_strings()
    {
        var random = new Random(5);
        for (int round = 0; round < 60; round++)
        {
            // Around the border of a piece, of few different characters.
            string text = Make(random, LargeText.Piece + random.Next(-200, 200) + (round % 3 * LargeText.Piece));
            int length = random.Next(5) switch { 0 => 1, 1 => random.Next(1, 20), 2 => random.Next(60, 70), 3 => random.Next(100, 3000), _ => text.Length - random.Next(100) };
            int from = random.Next(text.Length - length + 1);
            string wanted = random.Next(4) == 0 ? Make(random, length) : text.Substring(from, length);
            Assert.Equal(text.IndexOf(wanted, StringComparison.Ordinal), LargeText.IndexOf(text, wanted, null));
            Assert.Equal(text.LastIndexOf(wanted, StringComparison.Ordinal), LargeText.LastIndexOf(text, wanted, null));
            Assert.Equal(text.StartsWith(wanted, StringComparison.Ordinal), LargeText.StartsWith(text, wanted, null));
            Assert.Equal(text.EndsWith(wanted, StringComparison.Ordinal), LargeText.EndsWith(text, wanted, null));
            char[] changed = text.ToCharArray();
            changed[random.Next(changed.Length)] = (char)random.Next('a', 'd');
            string other = new(changed, 0, changed.Length - random.Next(2));
            Assert.Equal(text == other, LargeText.Equals(text, other, null));
            Assert.Equal(Math.Sign(string.CompareOrdinal(text, other)), Math.Sign(LargeText.Compare(text, other, null)));
            Assert.Equal(text.Replace("\0", "", StringComparison.Ordinal), LargeText.WithoutNulls(text, null));
        }
    }

    [Fact]
    public void What_is_empty_is_found_at_once()
    {
        string text = new('a', LargeText.Piece + 1);
        Assert.Equal(0, LargeText.IndexOf(text, "", null));
        Assert.Equal(text.Length, LargeText.LastIndexOf(text, "", null));
        Assert.Equal(-1, LargeText.IndexOf("", "a", null));
    }

    [Fact]
    public void Ranges_of_places_are_their_places()
    {
        using var sets = new PlaceSets(400, null);
        for (int from = 0; from <= 400; from += 7)
        {
            for (int to = from - 1; to <= 400; to += 9)
            {
                ulong[] set = sets.New();
                PlaceSets.AddRange(set, from, to);
                for (int place = 0; place <= 400; place++)
                    Assert.Equal(place >= from && place <= to, PlaceSets.Contains(set, place));
                sets.Free(set);
            }
        }
    }

    // Mostly one character, so that what is looked for begins at many places.
    private static string Make(Random random, int length) => string.Create(length, random, static (text, random) =>
    {
        text.Fill('a');
        for (int i = 0; i < text.Length; i += random.Next(1, 4000))
            text[i] = "bc\0"[random.Next(3)];
    });
}
