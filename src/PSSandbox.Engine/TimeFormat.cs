using System.Globalization;
using System.Text;

namespace PSSandbox;

/// <summary>C's strftime in the POSIX locale, for date, <c>printf %(…)T</c> and prompts.</summary>
internal static class TimeFormat
{
    private static readonly string[] s_days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    private static readonly string[] s_months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>Formats a time.</summary>
    /// <param name="format">The format; a byte string.</param>
    /// <param name="seconds">Seconds since 1970-01-01 UTC.</param>
    /// <param name="zone">The value of TZ, in the form of POSIX; UTC for anything else.</param>
    public static string Format(string format, long seconds, string? zone) => Format(format, seconds, 0, PosixTimeZone.Parse(zone));

    /// <summary>Formats a time.</summary>
    /// <param name="format">The format; a byte string.</param>
    /// <param name="seconds">Seconds since 1970-01-01 UTC.</param>
    /// <param name="nanoseconds">What is left of a second, for <c>%N</c>.</param>
    /// <param name="zone">The time zone.</param>
    public static string Format(string format, long seconds, int nanoseconds, PosixTimeZone zone)
    {
        (string zoneName, int offset) = zone.At(seconds);
        long limited = Math.Clamp(seconds + offset, -62_135_596_800, 253_402_300_799);
        DateTime time = DateTime.UnixEpoch.AddSeconds(limited).AddTicks(nanoseconds / 100);
        StringBuilder text = new();
        Append(text, format, time, seconds, zoneName, offset);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string format, DateTime t, long seconds, string zone, int offset)
    {
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            char c = format[++i];
            char pad = '\0';
            if (c is '-' or '_' && i + 1 < format.Length)
            {
                pad = c;
                c = format[++i];
            }

            if (c is 'E' or 'O' && i + 1 < format.Length)
                c = format[++i];
            switch (c)
            {
                case 'a': text.Append(s_days[(int)t.DayOfWeek], 0, 3); break;
                case 'A': text.Append(s_days[(int)t.DayOfWeek]); break;
                case 'b' or 'h': text.Append(s_months[t.Month - 1], 0, 3); break;
                case 'B': text.Append(s_months[t.Month - 1]); break;
                case 'c': Append(text, "%a %b %e %H:%M:%S %Y", t, seconds, zone, offset); break;
                case 'C': Number(t.Year / 100, 2, '0'); break;
                case 'd': Number(t.Day, 2, '0'); break;
                case 'D': Append(text, "%m/%d/%y", t, seconds, zone, offset); break;
                case 'e': Number(t.Day, 2, ' '); break;
                case 'F': Append(text, "%Y-%m-%d", t, seconds, zone, offset); break;
                case 'g': Number(ISOWeek.GetYear(t) % 100, 2, '0'); break;
                case 'G': Number(ISOWeek.GetYear(t), 1, '0'); break;
                case 'H': Number(t.Hour, 2, '0'); break;
                case 'I': Number(((t.Hour + 11) % 12) + 1, 2, '0'); break;
                case 'j': Number(t.DayOfYear, 3, '0'); break;
                case 'k': Number(t.Hour, 2, ' '); break;
                case 'l': Number(((t.Hour + 11) % 12) + 1, 2, ' '); break;
                case 'm': Number(t.Month, 2, '0'); break;
                case 'M': Number(t.Minute, 2, '0'); break;
                case 'n': text.Append('\n'); break;
                case 'N': text.Append((t.Ticks % TimeSpan.TicksPerSecond * 100).ToString("000000000", CultureInfo.InvariantCulture)); break;
                case 'p': text.Append(t.Hour < 12 ? "AM" : "PM"); break;
                case 'P': text.Append(t.Hour < 12 ? "am" : "pm"); break;
                case 'r': Append(text, "%I:%M:%S %p", t, seconds, zone, offset); break;
                case 'R': Append(text, "%H:%M", t, seconds, zone, offset); break;
                case 's': text.Append(seconds); break;
                case 'S': Number(t.Second, 2, '0'); break;
                case 't': text.Append('\t'); break;
                case 'T' or 'X': Append(text, "%H:%M:%S", t, seconds, zone, offset); break;
                case 'u': Number(t.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)t.DayOfWeek, 1, '0'); break;
                case 'U': Number((t.DayOfYear + 6 - (int)t.DayOfWeek) / 7, 2, '0'); break;
                case 'V': Number(ISOWeek.GetWeekOfYear(t), 2, '0'); break;
                case 'w': Number((int)t.DayOfWeek, 1, '0'); break;
                case 'W': Number((t.DayOfYear + 6 - (((int)t.DayOfWeek + 6) % 7)) / 7, 2, '0'); break;
                case 'x': Append(text, "%m/%d/%y", t, seconds, zone, offset); break;
                case 'y': Number(t.Year % 100, 2, '0'); break;
                case 'Y': Number(t.Year, 1, '0'); break;
                case 'z':
                    int minutes = Math.Abs(offset) / 60;
                    text.Append(offset < 0 ? '-' : '+').Append((minutes / 60 * 100 + minutes % 60).ToString("0000", CultureInfo.InvariantCulture));
                    break;
                case 'Z': text.Append(zone); break;
                case '%': text.Append('%'); break;
                default: text.Append('%').Append(c); break;
            }

            void Number(int value, int width, char fill)
            {
                string digits = value.ToString(CultureInfo.InvariantCulture);
                text.Append(pad == '-' ? digits : digits.PadLeft(width, pad == '_' ? ' ' : fill));
            }
        }
    }
}
