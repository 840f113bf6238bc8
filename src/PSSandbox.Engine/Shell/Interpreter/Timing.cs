using PSSandbox.Processes;

namespace PSSandbox.Shell.Interpreter;

/// <summary>Where the clocks stood when a timed pipeline began (the reserved word <c>time</c>).</summary>
/// <param name="Real">Time since the kernel's start.</param>
/// <param name="Cpu">CPU time of the shell and of the children that it has waited for.</param>
internal readonly record struct Timing(TimeSpan Real, TimeSpan Cpu)
{
    /// <summary>The clocks now.</summary>
    public static Timing Begin(Process process) => new(process.Kernel.Clock.Uptime, process.CpuTime + process.ChildrenCpuTime);

    /// <summary>Formats the difference by a TIMEFORMAT (bash manual, TIMEFORMAT).</summary>
    public static string Format(string format, TimeSpan real, TimeSpan user)
    {
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            i++;
            if (format[i] == '%')
            {
                text.Append('%');
                continue;
            }

            int precision = 3;
            if (char.IsAsciiDigit(format[i]) && i + 1 < format.Length)
                precision = Math.Min(3, format[i++] - '0');
            bool longForm = format[i] == 'l' && i + 1 < format.Length;
            if (longForm)
                i++;
            switch (format[i])
            {
                case 'R':
                    Append(text, real, precision, longForm);
                    break;
                case 'U':
                    Append(text, user, precision, longForm);
                    break;
                case 'S':
                    Append(text, TimeSpan.Zero, precision, longForm);
                    break;
                case 'P':
                    double share = real > TimeSpan.Zero ? user / real * 100 : 0;
                    text.Append(share.ToString("F2", System.Globalization.CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append('%').Append(format[i]);
                    break;
            }
        }

        return text.Append('\n').ToString();
    }

    private static void Append(System.Text.StringBuilder text, TimeSpan time, int precision, bool longForm)
    {
        long milliseconds = (long)time.TotalMilliseconds;
        long seconds = milliseconds / 1000;
        if (longForm)
        {
            text.Append(seconds / 60).Append('m');
            seconds %= 60;
        }

        text.Append(seconds);
        if (precision > 0)
            text.Append('.').Append((milliseconds % 1000).ToString("D3", System.Globalization.CultureInfo.InvariantCulture).AsSpan(0, precision));
        if (longForm)
            text.Append('s');
    }
}
