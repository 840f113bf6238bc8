using System.Globalization;
using System.Text;

namespace PSSandbox.Shell.Expansion;

/// <summary>Writes arguments by a printf format.</summary>
internal ref struct PrintfWriter
{
    private readonly StringBuilder _output;
    private readonly PrintfContext _context;
    private readonly ReadOnlySpan<string> _arguments;
    private int _next;
    private bool _failed;
    private bool _stopped;

    private PrintfWriter(ReadOnlySpan<string> arguments, StringBuilder output, PrintfContext context)
    {
        _arguments = arguments;
        _output = output;
        _context = context;
    }

    /// <summary>Writes a format as often as there are arguments left, at least once.</summary>
    /// <param name="format">The format.</param>
    /// <param name="arguments">The arguments; byte strings.</param>
    /// <param name="output">Takes the output; a byte string.</param>
    /// <param name="context">The shell.</param>
    /// <returns>The exit status: 1 if an argument was no number or the format was invalid.</returns>
    public static int Write(PrintfFormat format, ReadOnlySpan<string> arguments, StringBuilder output, PrintfContext context)
    {
        var writer = new PrintfWriter(arguments, output, context);
        do
        {
            foreach (PrintfDirective piece in format.Pieces)
            {
                PatternMatcher.CheckAttention(context.Host);
                if (piece.Conversion == '\0')
                    writer.Literal(piece.Text);
                else
                    writer.Convert(piece);
                if (writer._stopped)
                    return writer._failed ? 1 : 0;
            }

            if (format.Error is not null)
            {
                writer.Error(format.Error);
                return 1;
            }
        }
        while (format.UsesArguments && writer._next < arguments.Length);
        return writer._failed ? 1 : 0;
    }

    private readonly void Error(string message)
    {
        if (!_context.IsForVariable)
            _context.WriteLines?.Invoke(_output);
        _context.Error(message);
    }

    private static bool IsOctal(string text) => text is ['0', >= '0' and <= '9', ..];

    private readonly void Literal(string text)
    {
        CheckLength(text.Length);
        LargeText.Append(_output, text, _context.Host);
    }

    private string? TakeText() => _next < _arguments.Length ? _arguments[_next++] : null;

    private void Convert(PrintfDirective d)
    {
        bool left = d.Has('-');
        int width = d.Width;
        if (width == PrintfDirective.FromArgument)
        {
            long given = TakeInteger(signed: true);
            left |= given < 0;
            width = (int)Math.Min(Math.Abs(Math.Max(given, -int.MaxValue)), int.MaxValue);
        }

        int precision = d.Precision;
        if (precision == PrintfDirective.FromArgument)
            precision = (int)Math.Clamp(TakeInteger(signed: true), -1, int.MaxValue);
        CheckLength(Math.Max(Math.Max(width, 0), precision));
        switch (d.Conversion)
        {
            case 's':
                Pad(Cut(TakeText() ?? "", precision), width, left);
                break;
            case 'c':
                string character = TakeText() ?? "";
                Pad(character.Length > 1 ? character[..1] : character.Length == 0 && !_context.IsPosix ? "\0" : character, width, left);
                break;
            case 'b':
                Pad(Cut(Escapes.Decode(TakeText() ?? "", _context.IsPosix ? Escapes.Style.DashEcho : Escapes.Style.Echo, out _stopped, _context.Host), precision), width, left);
                break;
            case 'q':
                Pad(Cut(Quoting.Backslashes(TakeText() ?? "", _context.Host), precision), width, left);
                break;
            case 'Q':
                Pad(Quoting.Backslashes(Cut(TakeText() ?? "", precision), _context.Host), width, left);
                break;
            case 'T':
                Pad(Cut(Time(d.Text), precision), width, left);
                break;
            case 'd' or 'i' or 'o' or 'u' or 'x' or 'X':
                Integer(d, width, precision, left);
                break;
            default:
                Float(d, width, precision, left);
                break;
        }
    }

    private string Time(string format)
    {
        long seconds = _next < _arguments.Length ? TakeInteger(signed: true) : -1;
        seconds = seconds switch { -1 => _context.Now(), -2 => _context.ShellStart, _ => seconds };
        return TimeFormat.Format(format.Length == 0 ? "%X" : format, seconds, _context.TimeZone?.Invoke());
    }

    private void Integer(PrintfDirective d, int width, int precision, bool left)
    {
        bool signed = d.Conversion is 'd' or 'i';
        long value = TakeInteger(signed);
        string sign = "";
        string digits;
        if (signed)
        {
            sign = value < 0 ? "-" : d.Has('+') ? "+" : d.Has(' ') ? " " : "";
            digits = (value < 0 ? unchecked((ulong)-value) : (ulong)value).ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            ulong bits = unchecked((ulong)value);
            digits = d.Conversion switch
            {
                'o' => System.Convert.ToString(value, 8),
                'x' => bits.ToString("x", CultureInfo.InvariantCulture),
                'X' => bits.ToString("X", CultureInfo.InvariantCulture),
                _ => bits.ToString(CultureInfo.InvariantCulture),
            };
            if (d.Has('#') && value != 0)
                sign = d.Conversion switch { 'x' => "0x", 'X' => "0X", _ => "" };
        }

        if (precision == 0 && value == 0)
            digits = "";
        int zeros = Math.Max(0, precision - digits.Length);
        if (d.Has('#') && d.Conversion == 'o' && zeros == 0 && !digits.StartsWith('0'))
            zeros = 1;
        if (d.Has('0') && !left && precision < 0)
            zeros = Math.Max(zeros, width - sign.Length - digits.Length);
        Pad(sign, zeros, digits, width, left);
    }

    private void Float(PrintfDirective d, int width, int precision, bool left)
    {
        BinaryFloat value = TakeFloat();
        string sign = value.IsNegative ? "-" : d.Has('+') ? "+" : d.Has(' ') ? " " : "";

        // Behind so many digits there are only zeros.
        string digits = FloatFormat.Format(value, d.Conversion, Math.Min(precision, FloatFormat.MaxPrecision), d.Has('#'));
        int more = value.Special is null && ((d.Conversion | 0x20) != 'g' || d.Has('#')) ? Math.Max(0, precision - FloatFormat.MaxPrecision) : 0;
        int zeros = 0;
        if (d.Has('0') && !left && value.Special is null && width - more > sign.Length + digits.Length)
        {
            zeros = width - sign.Length - digits.Length - more;
            if ((d.Conversion | 0x20) == 'a')
            {
                // Behind 0x.
                sign += digits[..2];
                digits = digits[2..];
            }
        }

        int end = more > 0 ? FloatFormat.EndOfDigits(digits, d.Conversion) : digits.Length;
        Pad(sign, zeros, digits[..end], more, digits[end..], width, left);
    }

    private BinaryFloat TakeFloat()
    {
        int bits = _context.IsPosix ? 53 : 64;
        if (TakeText() is not { } text)
            return BinaryFloat.From(0, bits);
        if (text.Length > 0 && text[0] is '\'' or '"')
            return BinaryFloat.From(CharacterValue(text), bits);
        BinaryFloat value = BinaryFloat.Parse(text, bits, out int used);
        if (used == 0 || used < text.Length)
            Invalid(text, used);
        return value;
    }

    private long TakeInteger(bool signed)
    {
        if (TakeText() is not { } text)
            return 0;
        if (IntegerText.TryParsePlain(text, out long plain))
            return plain;
        if (text.Length > 0 && text[0] is '\'' or '"')
            return CharacterValue(text);
        long value = ParseInteger(text, signed, out int used, out bool overflow);
        if (overflow)
        {
            Error($"warning: {text}: Numerical result out of range");
            _failed = _context.IsPosix;
        }
        else if (used == 0 || used < text.Length)
        {
            Invalid(text, used);
        }

        return value;
    }

    private void Invalid(string text, int used)
    {
        if (text.Length == 0)
            return;
        _failed = true;
        Error(!_context.IsPosix ? $"{text}: invalid {(IsOctal(text) ? "octal " : "")}number" : used == 0 ? $"{text}: expected numeric value" : $"{text}: not completely converted");
    }

    // C strtoimax and strtoumax with base 0.
    private static long ParseInteger(string text, bool signed, out int used, out bool overflow)
    {
        int i = 0;
        overflow = false;
        used = 0;
        while (i < text.Length && (text[i] is ' ' or (>= '\t' and <= '\r')))
            i++;
        bool negative = i < text.Length && text[i] == '-';
        if (i < text.Length && text[i] is '-' or '+')
            i++;
        int radix = 10;
        if (i + 1 < text.Length && text[i] == '0')
        {
            if (text[i + 1] is 'x' or 'X' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 2]))
            {
                radix = 16;
                i += 2;
            }
            else
            {
                radix = 8;
            }
        }

        UInt128 value = 0;
        int start = i;
        for (; i < text.Length; i++)
        {
            int digit = char.IsAsciiHexDigit(text[i]) ? (char.IsAsciiDigit(text[i]) ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10) : 99;
            if (digit >= radix)
                break;
            value = UInt128.Min((value * (UInt128)radix) + (UInt128)digit, UInt128.One << 80);
        }

        if (i == start)
            return 0;
        used = i;
        if (!signed)
        {
            overflow = value > ulong.MaxValue;
            ulong bits = overflow ? ulong.MaxValue : (ulong)value;
            return unchecked(negative && !overflow ? -(long)bits : (long)bits);
        }

        UInt128 limit = (UInt128)long.MaxValue + (negative ? UInt128.One : UInt128.Zero);
        overflow = value > limit;
        if (overflow)
            return negative ? long.MinValue : long.MaxValue;
        return unchecked(negative ? -(long)(ulong)value : (long)(ulong)value);
    }

    private readonly long CharacterValue(string text)
    {
        if (text.Length < 2)
            return 0;
        int code = Characters.CodeAt(text, 1, _context.IsUtf8, out _);
        return code > 0x10ffff ? code - 0x110000 : code;
    }

    private readonly string Cut(string text, int precision) =>
        precision >= 0 && precision < text.Length ? LargeText.Copy(text.AsSpan(0, precision), _context.Host) : text;

    private readonly void Pad(string text, int width, bool left) => Pad("", 0, text, width, left);

    private readonly void Pad(string sign, int zeros, string text, int width, bool left) => Pad(sign, zeros, text, 0, "", width, left);

    private readonly void Pad(string sign, int zeros, string text, int more, string tail, int width, bool left)
    {
        long length = (long)sign.Length + zeros + text.Length + more + tail.Length;
        CheckLength(Math.Max(width, length));
        int fill = (int)Math.Max(0, width - length);
        if (!left)
            LargeText.Repeat(_output, ' ', fill, _context.Host);
        _output.Append(sign);
        LargeText.Repeat(_output, '0', zeros, _context.Host);
        LargeText.Append(_output, text, _context.Host);
        LargeText.Repeat(_output, '0', more, _context.Host);
        _output.Append(tail);
        if (left)
            LargeText.Repeat(_output, ' ', fill, _context.Host);
    }

    private readonly void CheckLength(long more)
    {
        if (_output.Length + more > _context.MaxLength)
            throw new ShellMemoryException();
    }
}
