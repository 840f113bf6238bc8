namespace PSSandbox.Shell.Syntax;

/// <summary>Reads the value of an expansion as an operand of a tree parsed beforehand.</summary>
internal static class ArithmeticOperandValue
{
    /// <summary>
    /// Whether the text is a decimal integer without leading zeros, perhaps with a minus sign: only then does it mean the same
    /// put into the text of the expression as put into its tree.
    /// </summary>
    public static bool TryParse(string text, out long value)
    {
        value = 0;
        int start = text.Length > 0 && text[0] == '-' ? 1 : 0;
        int digits = text.Length - start;
        if (digits is 0 or > 18 || (text[start] == '0' && digits > 1))
        {
            return false;
        }

        long result = 0;
        for (int i = start; i < text.Length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                return false;
            }

            result = (result * 10) + digit;
        }

        value = start == 0 ? result : -result;
        return true;
    }
}
