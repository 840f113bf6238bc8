using System.Text;

namespace PSSandbox.Shell.Expansion;

/// <summary>A printf format (POSIX.1-2024 XCU printf, bash manual 4.2), read once. Safe for use by several threads.</summary>
internal sealed class PrintfFormat
{
    private const int MaxNumber = int.MaxValue / 2;
    private const int MaxCached = 256;
    private const int MaxCachedLength = 1024;

    [ThreadStatic]
    private static Dictionary<string, PrintfFormat>? s_cache;

    private readonly List<PrintfDirective> _pieces = [];

    private PrintfFormat(string format, IExpansionHost? host)
    {
        StringBuilder literal = new();
        int rounds = 0;
        for (int i = 0; i < format.Length && Error is null;)
        {
            if ((++rounds & 0xffff) == 0)
                PatternMatcher.CheckAttention(host);
            char c = format[i];
            if (c == '\\')
            {
                Escapes.Append(literal, format, ref i, Escapes.Style.Format);
            }
            else if (c != '%')
            {
                literal.Append(c);
                i++;
            }
            else if (i + 1 < format.Length && format[i + 1] == '%')
            {
                literal.Append('%');
                i += 2;
            }
            else
            {
                Flush(literal, host);
                i = ReadDirective(format, i);
            }
        }

        Flush(literal, host);
    }

    /// <summary>What is wrong with it; everything before that is still written.</summary>
    public string? Error { get; private set; }

    /// <summary>The pieces in order.</summary>
    public IReadOnlyList<PrintfDirective> Pieces => _pieces;

    /// <summary>Whether any argument is used: a format that uses none is written once.</summary>
    public bool UsesArguments { get; private set; }

    /// <summary>The form of a format that can be written; what a thread used lately is kept.</summary>
    public static PrintfFormat Get(string format, IExpansionHost? host = null)
    {
        Dictionary<string, PrintfFormat> cache = s_cache ??= [];
        if (format.Length > MaxCachedLength)
            return new PrintfFormat(format, host);
        if (cache.TryGetValue(format, out PrintfFormat? known))
            return known;
        known = new PrintfFormat(format, host);
        if (cache.Count >= MaxCached)
            cache.Clear();
        cache.Add(format, known);
        return known;
    }

    private void Flush(StringBuilder literal, IExpansionHost? host)
    {
        if (literal.Length == 0)
            return;
        _pieces.Add(new PrintfDirective(LargeText.ToText(literal, host)));
        literal.Clear();
    }

    private int ReadDirective(string format, int start)
    {
        int i = start + 1;
        int flags = i;
        while (i < format.Length && format[i] is '-' or '+' or ' ' or '#' or '0' or '\'')
            i++;
        string flagText = format[flags..i];
        int width = ReadNumber(format, ref i, -1);
        int precision = -1;
        if (i < format.Length && format[i] == '.')
        {
            i++;
            precision = ReadNumber(format, ref i, 0);
        }

        string time = "";
        if (i < format.Length && format[i] == '(')
        {
            int close = format.IndexOf(")T", i, StringComparison.Ordinal);
            if (close < 0)
            {
                Error = $"`{format[start..]}': missing `)'";
                return format.Length;
            }

            time = format[(i + 1)..close];
            i = close + 1;
        }
        else
        {
            while (i < format.Length && format[i] is 'h' or 'l' or 'L' or 'j' or 'z' or 't')
                i++;
        }

        if (i >= format.Length)
        {
            Error = $"`{format[start..]}': missing format character";
            return format.Length;
        }

        char conversion = format[i];
        if (!"diouxXcsbqQeEfFgGaAT".Contains(conversion, StringComparison.Ordinal) || (conversion == 'T' && format[i - 1] != ')'))
        {
            Error = $"`{conversion}': invalid format character";
            return format.Length;
        }

        UsesArguments = true;
        _pieces.Add(new PrintfDirective(time, conversion, flagText, width, precision));
        return i + 1;
    }

    private static int ReadNumber(string format, ref int i, int missing)
    {
        if (i < format.Length && format[i] == '*')
        {
            i++;
            return PrintfDirective.FromArgument;
        }

        int start = i;
        long value = 0;
        for (; i < format.Length && char.IsAsciiDigit(format[i]); i++)
            value = Math.Min((value * 10) + format[i] - '0', MaxNumber);
        return i == start ? missing : (int)value;
    }
}
