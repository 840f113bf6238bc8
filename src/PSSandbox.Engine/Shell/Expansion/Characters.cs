namespace PSSandbox.Shell.Expansion;

/// <summary>
/// Characters of byte strings: UTF-8 sequences or bytes. A byte that begins no well-formed sequence is a character of its own.
/// </summary>
internal static class Characters
{
    /// <summary>Number of bytes of the character at a place.</summary>
    public static int LengthAt(ReadOnlySpan<char> value, int index, bool utf8)
    {
        char first = value[index];
        if (!utf8 || first < 0xc2 || first > 0xf4)
            return 1;
        int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (index + length > value.Length)
            return 1;
        char second = value[index + 1];
        // Overlong forms, surrogates and what is beyond U+10FFFF are not well-formed.
        (char low, char high) = first switch
        {
            (char)0xe0 => ((char)0xa0, (char)0xbf),
            (char)0xed => ((char)0x80, (char)0x9f),
            (char)0xf0 => ((char)0x90, (char)0xbf),
            (char)0xf4 => ((char)0x80, (char)0x8f),
            _ => ((char)0x80, (char)0xbf),
        };
        if (second < low || second > high)
            return 1;
        for (int i = 2; i < length; i++)
        {
            if (value[index + i] is < (char)0x80 or > (char)0xbf)
                return 1;
        }

        return length;
    }

    /// <summary>Number of characters.</summary>
    public static int Count(ReadOnlySpan<char> value, bool utf8, IExpansionHost? host = null)
    {
        if (!utf8 || LargeText.IsAscii(value, host))
            return value.Length;
        int count = 0;
        for (int i = 0; i < value.Length; i += LengthAt(value, i, utf8))
        {
            if ((++count & 0xfffff) == 0)
                PatternMatcher.CheckAttention(host);
        }

        return count;
    }

    /// <summary>The place of the character with a number from 0; the length where there are not so many.</summary>
    public static int OffsetOf(ReadOnlySpan<char> value, long number, bool utf8, IExpansionHost? host = null)
    {
        if (!utf8 || LargeText.IsAscii(value, host))
            return (int)Math.Min(number, value.Length);
        int i = 0;
        for (; number > 0 && i < value.Length; number--)
        {
            if ((number & 0xfffff) == 0)
                PatternMatcher.CheckAttention(host);
            i += LengthAt(value, i, utf8);
        }

        return i;
    }

    /// <summary>The code point at a place, or the byte's value plus 0x110000 for an ill-formed one.</summary>
    public static int CodeAt(ReadOnlySpan<char> value, int index, bool utf8, out int length)
    {
        length = LengthAt(value, index, utf8);
        int first = value[index];
        return length switch
        {
            1 => first < 0x80 || !utf8 ? first : first + 0x110000,
            2 => ((first & 0x1f) << 6) | (value[index + 1] & 0x3f),
            3 => ((first & 0x0f) << 12) | ((value[index + 1] & 0x3f) << 6) | (value[index + 2] & 0x3f),
            _ => ((first & 0x07) << 18) | ((value[index + 1] & 0x3f) << 12) | ((value[index + 2] & 0x3f) << 6) | (value[index + 3] & 0x3f),
        };
    }
}
