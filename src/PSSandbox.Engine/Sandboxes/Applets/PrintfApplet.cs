using System.Text;
using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;

namespace PSSandbox.Sandboxes.Applets;

/// <summary>printf.</summary>
internal static class PrintfApplet
{
    private const int MaxFormat = 256;
    private const int MaxArguments = 64;
    private const string SimpleEscapes = "abfnrtv\\";

    private static readonly PrintfContext Context = new() { Error = static _ => { }, Now = static () => 0 };

    /// <summary>Runs it, for formats of which all printfs make the same, and arguments that are what these ask for.</summary>
    public static int? Run(Process process)
    {
        string[] arguments = process.Arguments;
        if (arguments.Length is < 2 or > MaxArguments || arguments[1].Length > MaxFormat || !AppletOutput.IsSmall(arguments)
            || arguments[1].StartsWith('-') || !IsSimple(arguments[1]))
        {
            return null;
        }

        PrintfFormat format = PrintfFormat.Get(arguments[1]);
        ReadOnlySpan<string> values = arguments.AsSpan(2);
        if (format.Error is not null || !AreNumbers(format, values))
            return null;
        var output = new StringBuilder();

        // BusyBox closes its standard output at the end, and finds out then that there is none.
        return PrintfWriter.Write(format, values, output, Context) == 0 && output.Length > 0
            ? AppletOutput.Write(process, "printf", output.ToString())
            : null;
    }

    /// <summary>Whether there are but escapes of one letter or octal digits, and conversions of text and integers with fields of two digits.</summary>
    private static bool IsSimple(string format)
    {
        for (int i = 0; i < format.Length; i++)
        {
            bool simple = format[i] switch
            {
                '\\' => SkipEscape(format, ref i),
                '%' => SkipConversion(format, ref i),
                _ => true,
            };
            if (!simple)
                return false;
        }

        return true;
    }

    // To its last character; an octal number is a byte.
    private static bool SkipEscape(string format, ref int i)
    {
        if (++i == format.Length)
            return false;
        if (format[i] is < '0' or > '7')
            return SimpleEscapes.Contains(format[i], StringComparison.Ordinal);
        int end = i;
        while (end < format.Length && end < i + 3 && format[end] is >= '0' and <= '7')
            end++;
        bool isByte = end < i + 3 || format[i] <= '3';
        i = end - 1;
        return isByte;
    }

    private static bool SkipConversion(string format, ref int i)
    {
        if (++i < format.Length && format[i] == '%')
            return true;
        bool number = false;
        for (; i < format.Length && format[i] is '-' or '+' or ' ' or '0'; i++)
            number |= format[i] != '-';
        SkipDigits(format, ref i);
        bool precision = i < format.Length && format[i] == '.';
        if (precision)
        {
            i++;
            SkipDigits(format, ref i);
        }

        return i < format.Length && format[i] switch
        {
            's' => !number,
            'c' => !number && !precision,
            'd' or 'i' or 'o' or 'u' or 'x' or 'X' => true,
            _ => false,
        };
    }

    private static void SkipDigits(string format, ref int i)
    {
        for (int end = Math.Min(i + 2, format.Length); i < end && char.IsAsciiDigit(format[i]); i++)
        {
        }
    }

    /// <summary>Whether every conversion of an integer has an argument that is one, as often as the format is used.</summary>
    private static bool AreNumbers(PrintfFormat format, ReadOnlySpan<string> values)
    {
        int next = 0;
        do
        {
            foreach (PrintfDirective piece in format.Pieces)
            {
                if (piece.Conversion == '\0')
                    continue;
                if (piece.Conversion is not ('s' or 'c') && (next >= values.Length || !IntegerText.TryParsePlain(values[next], out _)))
                    return false;
                next++;
            }
        }
        while (format.UsesArguments && next < values.Length);
        return true;
    }
}
