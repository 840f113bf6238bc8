namespace PSSandbox.Shell.Syntax;

/// <summary>What a character means where nothing is quoted.</summary>
internal static class CharacterClass
{
    /// <summary>Part of a word, nothing more.</summary>
    public const byte Plain = 0;

    /// <summary>Part of a pattern: <c>* ? [</c>.</summary>
    public const byte Glob = 1;

    /// <summary><c>{</c>, which may begin a brace expansion.</summary>
    public const byte Brace = 2;

    /// <summary><c>~</c>.</summary>
    public const byte Tilde = 3;

    /// <summary>Begins a quotation or an expansion: <c>$ ` " ' \</c>.</summary>
    public const byte Quote = 4;

    /// <summary><c>}</c>, <c>/</c>, <c>]</c>: ends a word inside <c>${…}</c> or a subscript, else plain.</summary>
    public const byte Inner = 5;

    /// <summary>Ends a word: blanks, newline, <c>; &amp; | &lt; &gt; ( )</c>.</summary>
    public const byte Meta = 6;

    /// <summary>The end of what has been read.</summary>
    public const byte End = 7;

    private static readonly byte[] s_classes = MakeClasses();

    /// <summary>The class of a character.</summary>
    public static byte Of(char c) => c < 256 ? s_classes[c] : End;

    /// <summary>Whether a name can begin with it.</summary>
    public static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    /// <summary>Whether a name can contain it.</summary>
    public static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>Whether the text is a name (XBD 3.216).</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !IsNameStart(text[0]))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!IsNamePart(c))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] MakeClasses()
    {
        byte[] classes = new byte[256];
        Set(classes, "*?[", Glob);
        Set(classes, "{", Brace);
        Set(classes, "~", Tilde);
        Set(classes, "$`\"'\\", Quote);
        Set(classes, "}/]", Inner);
        Set(classes, " \t\n;&|<>()", Meta);
        return classes;
    }

    private static void Set(byte[] classes, string characters, byte value)
    {
        foreach (char c in characters)
        {
            classes[c] = value;
        }
    }
}
