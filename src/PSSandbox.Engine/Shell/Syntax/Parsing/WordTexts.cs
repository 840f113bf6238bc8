namespace PSSandbox.Shell.Syntax;

/// <summary>Short texts that occur again and again in scripts, kept once.</summary>
/// <remarks>Threads may race on a slot: the worst is that a text is made twice.</remarks>
internal static class WordTexts
{
    private const int MaxLength = 24;
    private static readonly string?[] s_texts = new string?[2048];

    /// <summary>The characters as a string.</summary>
    public static string Get(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
        {
            return text.ToString();
        }

        uint hash = (uint)text.Length;
        foreach (char c in text)
        {
            hash = (hash * 31) + c;
        }

        ref string? slot = ref s_texts[(hash ^ (hash >> 11)) & 2047];
        if (slot is { } known && text.SequenceEqual(known))
        {
            return known;
        }

        return slot = text.ToString();
    }
}
