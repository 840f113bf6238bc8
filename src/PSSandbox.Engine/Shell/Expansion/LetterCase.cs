using System.Text;

namespace PSSandbox.Shell.Expansion;

/// <summary>Case conversion of byte strings: ASCII letters, and with UTF-8 those of all scripts.</summary>
internal static class LetterCase
{
    /// <summary>All letters become upper case.</summary>
    public static string ToUpper(string value, bool utf8, IExpansionHost? host = null) =>
        value.Length > LargeText.Piece ? Convert(value, true, utf8, host) : !utf8 || Ascii.IsValid(value) ? AsciiUpper(value) : ByteText.FromText(ByteText.ToText(value).ToUpperInvariant());

    /// <summary>All letters become lower case.</summary>
    public static string ToLower(string value, bool utf8, IExpansionHost? host = null) =>
        value.Length > LargeText.Piece ? Convert(value, false, utf8, host) : !utf8 || Ascii.IsValid(value) ? AsciiLower(value) : ByteText.FromText(ByteText.ToText(value).ToLowerInvariant());

    /// <summary>The first character becomes upper case, the others lower case (<c>declare -c</c>).</summary>
    public static string Capitalize(string value, bool utf8, IExpansionHost? host = null)
    {
        if (value.Length == 0)
            return value;
        int first = Characters.LengthAt(value, 0, utf8);
        return LargeText.Concat(ToUpper(value[..first], utf8), ToLower(LargeText.Copy(value.AsSpan(first), host), utf8, host), host);
    }

    /// <summary>One character, given as its bytes, in the other case; itself where it has none.</summary>
    public static string Convert(string character, bool upper, bool utf8)
    {
        string converted = upper ? ToUpper(character, utf8) : ToLower(character, utf8);
        return converted.Length == 0 ? character : converted;
    }

    // In pieces, which do not end within a character.
    private static string Convert(string value, bool upper, bool utf8, IExpansionHost? host)
    {
        if (value.AsSpan().IndexOfAnyInRange(upper ? 'a' : 'A', upper ? 'z' : 'Z') < 0 && (!utf8 || Ascii.IsValid(value)))
            return value;
        StringBuilder result = new();
        for (int at = 0, end; at < value.Length; at = end)
        {
            PatternMatcher.CheckAttention(host);
            end = Math.Min(at + LargeText.Piece, value.Length);
            for (int i = 0; utf8 && i < 3 && end < value.Length && (value[end] & 0xc0) == 0x80; i++)
                end--;
            string piece = value[at..end];
            result.Append(upper ? ToUpper(piece, utf8) : ToLower(piece, utf8));
        }

        return LargeText.ToText(result, host);
    }

    // Bytes above 127 stay: string.ToUpperInvariant would take them for Latin-1 letters.
    private static string AsciiUpper(string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('a', 'z') < 0)
            return value;
        return string.Create(value.Length, value, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = char.IsAsciiLetterLower(text[i]) ? (char)(text[i] & ~0x20) : text[i];
        });
    }

    private static string AsciiLower(string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('A', 'Z') < 0)
            return value;
        return string.Create(value.Length, value, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        });
    }
}
