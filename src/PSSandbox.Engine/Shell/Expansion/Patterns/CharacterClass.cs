namespace PSSandbox.Shell.Expansion;

/// <summary>The named classes of bracket expressions (POSIX XBD 9.3.5).</summary>
internal static class CharacterClass
{
    /// <summary>Whether a class of this name exists.</summary>
    public static bool Exists(ReadOnlySpan<char> name) => name is "alpha" or "digit" or "alnum" or "upper" or "lower" or "space"
        or "blank" or "punct" or "print" or "graph" or "cntrl" or "xdigit" or "word" or "ascii";

    /// <summary>Whether a character, by its code, belongs to a class.</summary>
    public static bool Contains(ReadOnlySpan<char> name, int code)
    {
        if (code < 0x80)
            return ContainsAscii(name, (char)code);
        if (code is < 0xa0 or > 0x10ffff or (>= 0xd800 and < 0xe000))
            return false;
        var rune = new System.Text.Rune(code);
        return name switch
        {
            "alpha" => System.Text.Rune.IsLetter(rune),
            "alnum" or "word" => System.Text.Rune.IsLetterOrDigit(rune),
            "upper" => System.Text.Rune.IsUpper(rune),
            "lower" => System.Text.Rune.IsLower(rune),
            "space" => System.Text.Rune.IsWhiteSpace(rune),
            "blank" => System.Text.Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.SpaceSeparator,
            "punct" => System.Text.Rune.IsPunctuation(rune) || System.Text.Rune.IsSymbol(rune),
            "print" => !System.Text.Rune.IsControl(rune),
            "graph" => !System.Text.Rune.IsControl(rune) && !System.Text.Rune.IsWhiteSpace(rune),
            _ => false,
        };
    }

    private static bool ContainsAscii(ReadOnlySpan<char> name, char c) => name switch
    {
        "alpha" => char.IsAsciiLetter(c),
        "digit" => char.IsAsciiDigit(c),
        "alnum" => char.IsAsciiLetterOrDigit(c),
        "upper" => char.IsAsciiLetterUpper(c),
        "lower" => char.IsAsciiLetterLower(c),
        "space" => c is ' ' or (>= '\t' and <= '\r'),
        "blank" => c is ' ' or '\t',
        "punct" => c is > ' ' and < (char)0x7f && !char.IsAsciiLetterOrDigit(c),
        "print" => c is >= ' ' and < (char)0x7f,
        "graph" => c is > ' ' and < (char)0x7f,
        "cntrl" => c is < ' ' or (char)0x7f,
        "xdigit" => char.IsAsciiHexDigit(c),
        "word" => char.IsAsciiLetterOrDigit(c) || c == '_',
        _ => c < 0x80,
    };
}
