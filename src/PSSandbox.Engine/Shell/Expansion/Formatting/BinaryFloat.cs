using System.Globalization;
using System.Numerics;

namespace PSSandbox.Shell.Expansion;

/// <summary>
/// A floating-point number of a given precision, exact in arithmetic with big integers: bash's printf works with the
/// 64 bits of x86's long double, dash's with the 53 of double, and their output shows it.
/// </summary>
internal readonly struct BinaryFloat
{
    private const int MaxDigits = 6000;
    private const int MaxExponent = 5000;

    private BinaryFloat(bool negative, BigInteger mantissa, int exponent, int bits, string? special = null)
    {
        IsNegative = negative;
        Mantissa = mantissa;
        Exponent = exponent;
        Bits = bits;
        Special = special;
    }

    /// <summary>Whether there is a minus sign.</summary>
    public bool IsNegative { get; }

    /// <summary>The value is this times 2 to the <see cref="Exponent"/>; 0, or a number of <see cref="Bits"/> bits.</summary>
    public BigInteger Mantissa { get; }

    /// <summary>The exponent of 2.</summary>
    public int Exponent { get; }

    /// <summary>Bits of precision.</summary>
    public int Bits { get; }

    /// <summary><c>inf</c> or <c>nan</c>, else null.</summary>
    public string? Special { get; }

    /// <summary>The number of an integer.</summary>
    public static BinaryFloat From(long value, int bits) => Round(value < 0, BigInteger.Abs(value), 1, bits);

    /// <summary>Reads as much of a text as is a number (C strtold).</summary>
    /// <param name="text">The text.</param>
    /// <param name="bits">Bits of precision.</param>
    /// <param name="used">How much was read; 0 if it begins with no number.</param>
    public static BinaryFloat Parse(string text, int bits, out int used)
    {
        int i = 0;
        while (i < text.Length && (text[i] is ' ' or (>= '\t' and <= '\r')))
            i++;
        bool negative = i < text.Length && text[i] == '-';
        if (i < text.Length && text[i] is '-' or '+')
            i++;
        ReadOnlySpan<char> rest = text.AsSpan(i);
        foreach (string name in (string[])["infinity", "inf", "nan"])
        {
            if (!rest.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                continue;
            used = i + name.Length;
            return new BinaryFloat(negative, 0, 0, bits, name[..3]);
        }

        if (rest.Length > 2 && rest[0] == '0' && rest[1] is 'x' or 'X' && (char.IsAsciiHexDigit(rest[2]) || rest[2] == '.'))
            return ParseDigits(text, i + 2, negative, 16, bits, out used);
        return ParseDigits(text, i, negative, 10, bits, out used);
    }

    /// <summary>The value times 10 to a power, rounded half to even to an integer.</summary>
    public BigInteger Scaled(int power)
    {
        BigInteger numerator = Mantissa;
        BigInteger denominator = BigInteger.One;
        if (power >= 0)
            numerator *= BigInteger.Pow(10, power);
        else
            denominator = BigInteger.Pow(10, -power);
        if (Exponent >= 0)
            numerator <<= Exponent;
        else
            denominator <<= -Exponent;
        return Divide(numerator, denominator);
    }

    private static BinaryFloat ParseDigits(string text, int i, bool negative, int radix, int bits, out int used)
    {
        int start = i;
        System.Text.StringBuilder digits = new();
        int scale = 0;
        bool any = false, point = false;
        used = 0;
        for (; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '.' && !point)
            {
                point = true;
                continue;
            }

            if (!(radix == 16 ? char.IsAsciiHexDigit(c) : char.IsAsciiDigit(c)))
                break;
            any = true;
            if (digits.Length < MaxDigits)
            {
                if (digits.Length > 0 || c != '0')
                    digits.Append(c);
                scale -= point ? 1 : 0;
            }
            else
            {
                scale += point ? 0 : 1;
            }
        }

        if (!any)
        {
            // "0x" alone is the number 0 and an x.
            used = radix == 16 ? start - 1 : 0;
            return new BinaryFloat(negative, 0, 0, bits);
        }

        int exponent = ReadExponent(text, ref i, radix == 16 ? 'p' : 'e');
        used = i;
        BigInteger value = digits.Length == 0 ? 0 : BigInteger.Parse("0" + digits, radix == 16 ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture);
        if (radix == 16)
        {
            int shift = Math.Clamp((scale * 4) + exponent, -20_000, 20_000);
            return shift >= 0 ? Round(negative, value << shift, 1, bits) : Round(negative, value, BigInteger.One << -shift, bits);
        }

        long power = (long)scale + exponent;
        if (value.IsZero || power + digits.Length < -MaxExponent)
            return new BinaryFloat(negative, 0, 0, bits);
        if (power + digits.Length > MaxExponent)
            return new BinaryFloat(negative, 0, 0, bits, "inf");
        return power >= 0
            ? Round(negative, value * BigInteger.Pow(10, (int)power), 1, bits)
            : Round(negative, value, BigInteger.Pow(10, (int)-power), bits);
    }

    private static int ReadExponent(string text, ref int i, char letter)
    {
        if (i >= text.Length || (text[i] | 0x20) != letter)
            return 0;
        int at = i + 1;
        bool minus = at < text.Length && text[at] == '-';
        if (at < text.Length && text[at] is '-' or '+')
            at++;
        int digits = at;
        int value = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
            value = Math.Min((value * 10) + text[at] - '0', 100_000);
        if (at == digits)
            return 0;
        i = at;
        return minus ? -value : value;
    }

    private static BinaryFloat Round(bool negative, BigInteger numerator, BigInteger denominator, int bits)
    {
        if (numerator.IsZero)
            return new BinaryFloat(negative, 0, 0, bits);
        int exponent = (int)(numerator.GetBitLength() - denominator.GetBitLength()) - bits;
        while (true)
        {
            BigInteger mantissa = exponent >= 0 ? Divide(numerator, denominator << exponent) : Divide(numerator << -exponent, denominator);
            long length = mantissa.GetBitLength();
            if (length == bits)
                return new BinaryFloat(negative, mantissa, exponent, bits);
            exponent += length > bits ? 1 : -1;
        }
    }

    private static BigInteger Divide(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out BigInteger rest);
        int half = (rest << 1).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
