namespace PSSandbox;

/// <summary>
/// Hexadecimal digits of a few bytes. The core library's conversion is made of vector instructions that are compiled at each
/// start, which takes longer than a thousand short conversions.
/// </summary>
internal static class Hexadecimal
{
    /// <summary>The lower-case digits of some bytes.</summary>
    public static string Lower(ReadOnlySpan<byte> bytes)
    {
        char[] digits = new char[2 * bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            digits[2 * i] = Digit(bytes[i] >> 4);
            digits[(2 * i) + 1] = Digit(bytes[i] & 0xf);
        }

        return new string(digits);
    }

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' - 10 + value);
}
