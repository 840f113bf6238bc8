using System.Globalization;
using System.Numerics;

namespace PSSandbox.Shell.Expansion;

/// <summary>The conversions e, f, g and a of C's printf.</summary>
internal static class FloatFormat
{
    /// <summary>More digits than any number has: what follows are zeros.</summary>
    public const int MaxPrecision = 17_000;

    /// <summary>Formats the digits, without sign and padding.</summary>
    /// <param name="value">The number.</param>
    /// <param name="conversion">e E f F g G a A.</param>
    /// <param name="precision">The precision; -1 if none was given.</param>
    /// <param name="alternate">The flag #.</param>
    public static string Format(in BinaryFloat value, char conversion, int precision, bool alternate)
    {
        char kind = (char)(conversion | 0x20);
        string text = value.Special ?? kind switch
        {
            'f' => Fixed(value, precision < 0 ? 6 : precision, alternate),
            'e' => Scientific(value, precision < 0 ? 6 : precision, alternate, out _),
            'g' => General(value, precision < 0 ? 6 : Math.Max(1, precision), alternate),
            _ => Hexadecimal(value, precision, alternate),
        };
        return char.IsAsciiLetterUpper(conversion) ? text.ToUpperInvariant() : text;
    }

    /// <summary>Where further zeros of the precision belong in what <see cref="Format"/> gave: before the exponent.</summary>
    public static int EndOfDigits(string text, char conversion)
    {
        int mark = (char)(conversion | 0x20) == 'a' ? text.AsSpan().LastIndexOfAny('p', 'P') : text.AsSpan().LastIndexOfAny('e', 'E');
        return mark < 0 ? text.Length : mark;
    }

    private static string Fixed(in BinaryFloat value, int precision, bool alternate)
    {
        int computed = Math.Min(precision, MaxPrecision);
        string digits = value.Scaled(computed).ToString(CultureInfo.InvariantCulture).PadLeft(computed + 1, '0');
        string whole = digits[..^computed];
        if (precision == 0)
            return alternate ? whole + "." : whole;
        return string.Concat(whole, ".", digits.AsSpan(digits.Length - computed), new string('0', precision - computed));
    }

    private static string Scientific(in BinaryFloat value, int precision, bool alternate, out int exponent)
    {
        int computed = Math.Min(precision, MaxPrecision);
        string digits;
        exponent = 0;
        if (value.Mantissa.IsZero)
        {
            digits = new string('0', computed + 1);
        }
        else
        {
            // Near enough by the logarithm; right once the number of digits is.
            exponent = (int)Math.Floor((value.Exponent + value.Bits - 1) * 0.30102999566398119521);
            while (true)
            {
                digits = value.Scaled(computed - exponent).ToString(CultureInfo.InvariantCulture);
                if (digits.Length == computed + 1)
                    break;
                exponent += digits.Length > computed + 1 ? 1 : -1;
            }
        }

        string fraction = precision > 0 ? string.Concat(".", digits.AsSpan(1), new string('0', precision - computed)) : alternate ? "." : "";
        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }

    private static string General(in BinaryFloat value, int precision, bool alternate)
    {
        string scientific = Scientific(value, precision - 1, alternate, out int exponent);
        string text = exponent < -4 || exponent >= precision ? scientific : Fixed(value, precision - 1 - exponent, alternate);
        if (alternate)
            return text;
        int e = text.IndexOf('e', StringComparison.Ordinal);
        string head = e < 0 ? text : text[..e];
        if (head.Contains('.', StringComparison.Ordinal))
            head = head.TrimEnd('0').TrimEnd('.');
        return e < 0 ? head : head + text[e..];
    }

    // long double has its first four bits before the point, double one.
    private static string Hexadecimal(in BinaryFloat value, int precision, bool alternate)
    {
        int first = value.Bits == 64 ? 4 : 1;
        int fraction = (value.Bits - first) / 4;
        BigInteger mantissa = value.Mantissa;
        int exponent = mantissa.IsZero ? 0 : value.Exponent + value.Bits - first;
        if (precision >= 0 && precision < fraction)
        {
            int drop = 4 * (fraction - precision);
            BigInteger kept = mantissa >> drop;
            BigInteger rest = mantissa - (kept << drop);
            int half = rest.CompareTo(BigInteger.One << (drop - 1));
            if (half > 0 || (half == 0 && !kept.IsEven))
                kept++;
            mantissa = kept << drop;
        }

        string digits = mantissa.ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(fraction + 1, '0');
        if (digits.Length > fraction + 1)
        {
            // Rounded up to a further digit.
            digits = "1" + new string('0', fraction);
            exponent += 4;
        }

        string behind = precision < 0 ? digits[1..].TrimEnd('0') : digits[1..].PadRight(precision, '0')[..precision];
        string point = behind.Length > 0 || alternate ? "." : "";
        return $"0x{digits[0]}{point}{behind}p{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)}";
    }
}
