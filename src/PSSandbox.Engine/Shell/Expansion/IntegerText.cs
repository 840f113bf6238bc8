using System.Globalization;

namespace PSSandbox.Shell.Expansion;

/// <summary>Integers as text; the text of small ones is made once.</summary>
internal static class IntegerText
{
    private const int Cached = 16_384;
    private static readonly string?[] s_cache = new string?[Cached];

    /// <summary>The decimal digits of a number.</summary>
    public static string Format(long value) =>
        (ulong)value < Cached ? s_cache[value] ??= value.ToString(CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a decimal integer of at most 18 digits with an optional sign and no leading zeros: what needs no care. False for anything else.</summary>
    public static bool TryParsePlain(string text, out long value)
    {
        value = 0;
        int length = text.Length;
        if (length is 0 or > 18)
            return false;
        int i = text[0] == '-' ? 1 : 0;
        if (i == length || (text[i] == '0' && length > i + 1))
            return false;
        long result = 0;
        for (; i < length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit > 9)
                return false;
            result = (result * 10) + digit;
        }

        value = text[0] == '-' ? -result : result;
        return true;
    }
}
