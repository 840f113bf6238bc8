namespace PSSandbox.Shell.Syntax;

/// <summary>Reads the constants of arithmetic: <c>12</c>, <c>014</c>, <c>0xc</c>, <c>36#c</c>.</summary>
internal static class ArithmeticConstant
{
    /// <summary>Reads a constant that begins with a digit. A value beyond 64 bits wraps.</summary>
    /// <returns>Null, or what is wrong in the words of bash.</returns>
    public static string? Parse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        int numberBase = 10;
        int hash = text.IndexOf('#');
        if (hash >= 0)
        {
            if (text[0] == '0')
            {
                return hash == 1 ? "invalid number" : "invalid arithmetic base";
            }

            if (!int.TryParse(text[..hash], System.Globalization.NumberStyles.None, null, out numberBase) || numberBase is < 2 or > 64)
            {
                return "invalid arithmetic base";
            }

            text = text[(hash + 1)..];
            if (text.IsEmpty)
            {
                return "invalid integer constant";
            }
        }
        else if (text.Length > 1 && text[0] == '0')
        {
            bool isHexadecimal = text[1] is 'x' or 'X';
            numberBase = isHexadecimal ? 16 : 8;
            text = text[(isHexadecimal ? 2 : 1)..];
        }

        long result = 0;
        foreach (char c in text)
        {
            int digit = DigitOf(c, numberBase);
            if (digit < 0)
            {
                return "invalid number";
            }

            if (digit >= numberBase)
            {
                return "value too great for base";
            }

            result = unchecked((result * numberBase) + digit);
        }

        value = result;
        return null;
    }

    // Up to base 36 both cases of a letter mean the same; beyond, capitals come after the small ones, then @ and _.
    private static int DigitOf(char c, int numberBase) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + (numberBase <= 36 ? 10 : 36),
        '@' => 62,
        '_' => 63,
        _ => -1,
    };
}
