using System.Globalization;

namespace PSSandbox;

/// <summary>
/// A time zone as TZ tells it (POSIX XBD 8.3): <c>std offset [dst [offset] [,start[/time],end[/time]]]</c>. Anything else is UTC: a
/// sandbox has no zone files.
/// </summary>
internal sealed class PosixTimeZone
{
    private const int Day = 86400;
    private readonly string _standardName;
    private readonly int _standardOffset;
    private string? _summerName;
    private int _summerOffset;
    private Rule _start = new('M', 3, 2, 0, 7200);
    private Rule _end = new('M', 11, 1, 0, 7200);

    private PosixTimeZone(string name, int offset)
    {
        _standardName = name;
        _standardOffset = offset;
    }

    /// <summary>UTC.</summary>
    public static PosixTimeZone Utc { get; } = new("UTC", 0);

    /// <summary>A rule for when a time begins: Mmonth.week.day, Jday or day; at a local time of day.</summary>
    private readonly record struct Rule(char Form, int Month, int Week, int DayNumber, int Time);

    /// <summary>Reads the value of TZ.</summary>
    public static PosixTimeZone Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Utc;
        ReadOnlySpan<char> rest = text[0] == ':' ? text.AsSpan(1) : text;
        if (!TryName(ref rest, out string name) || !TryTime(ref rest, 24, out int west))
            return Utc;
        var zone = new PosixTimeZone(name, -west);
        if (rest.IsEmpty)
            return zone;
        if (!TryName(ref rest, out string summer))
            return Utc;
        zone._summerName = summer;
        zone._summerOffset = zone._standardOffset + 3600;
        if (!rest.IsEmpty && rest[0] != ',')
        {
            if (!TryTime(ref rest, 24, out west))
                return Utc;
            zone._summerOffset = -west;
        }

        if (rest.IsEmpty)
            return zone;
        return TryRule(ref rest, out zone._start) && TryRule(ref rest, out zone._end) && rest.IsEmpty ? zone : Utc;
    }

    /// <summary>The name and the offset from UTC, in seconds eastwards, that hold at a time.</summary>
    /// <param name="seconds">Seconds since 1970-01-01 UTC.</param>
    public (string Name, int Offset) At(long seconds)
    {
        if (_summerName is null)
            return (_standardName, _standardOffset);
        int year = DateTime.UnixEpoch.AddSeconds(Math.Clamp(seconds + _standardOffset, -62_135_596_800, 253_402_300_799)).Year;
        long start = Moment(_start, year) - _standardOffset;
        long end = Moment(_end, year) - _summerOffset;
        bool summer = start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end;
        return summer ? (_summerName, _summerOffset) : (_standardName, _standardOffset);
    }

    /// <summary>The time of a local time.</summary>
    /// <param name="local">Seconds since 1970-01-01 by the local clock.</param>
    public long ToUniversal(long local)
    {
        long seconds = local - _standardOffset;
        int offset = At(seconds).Offset;
        return offset == _standardOffset ? seconds : local - offset;
    }

    /// <summary>A rule's moment in a year, by the local clock.</summary>
    private static long Moment(Rule rule, int year)
    {
        DateTime first = new(year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        int dayOfYear;
        switch (rule.Form)
        {
            case 'J':
                dayOfYear = rule.DayNumber - 1 + (DateTime.IsLeapYear(year) && rule.DayNumber >= 60 ? 1 : 0);
                break;
            case 'M':
                var month = new DateTime(year, rule.Month, 1, 0, 0, 0, DateTimeKind.Utc);
                int day = (rule.DayNumber - (int)month.DayOfWeek + 7) % 7 + (rule.Week - 1) * 7;
                if (day >= DateTime.DaysInMonth(year, rule.Month))
                    day -= 7;
                dayOfYear = month.DayOfYear - 1 + day;
                break;
            default:
                dayOfYear = rule.DayNumber;
                break;
        }

        return (first - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond + (long)dayOfYear * Day + rule.Time;
    }

    private static bool TryName(ref ReadOnlySpan<char> rest, out string name)
    {
        name = "";
        bool quoted = rest.Length > 0 && rest[0] == '<';
        if (quoted)
            rest = rest[1..];
        int length = 0;
        while (length < rest.Length && (char.IsAsciiLetter(rest[length]) || quoted && (char.IsAsciiDigit(rest[length]) || rest[length] is '+' or '-')))
            length++;
        if (length is < 3 or > 15 || quoted && (length == rest.Length || rest[length] != '>'))
            return false;
        name = rest[..length].ToString();
        rest = rest[(quoted ? length + 1 : length)..];
        return true;
    }

    private static bool TryTime(ref ReadOnlySpan<char> rest, int maxHours, out int seconds)
    {
        seconds = 0;
        int sign = rest.Length > 0 && rest[0] == '-' ? -1 : 1;
        if (rest.Length > 0 && rest[0] is '-' or '+')
            rest = rest[1..];
        int unit = 3600;
        for (int part = 0; part < 3; part++, unit /= 60)
        {
            if (!TryNumber(ref rest, part == 0 ? maxHours : 59, out int value))
                return false;
            seconds += value * unit;
            if (rest.IsEmpty || rest[0] != ':')
                break;
            rest = rest[1..];
        }

        seconds *= sign;
        return true;
    }

    private static bool TryNumber(ref ReadOnlySpan<char> rest, int most, out int value)
    {
        int length = 0;
        while (length < rest.Length && char.IsAsciiDigit(rest[length]))
            length++;
        bool valid = int.TryParse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= most;
        rest = rest[length..];
        return valid;
    }

    private static bool TryRule(ref ReadOnlySpan<char> rest, out Rule rule)
    {
        rule = default;
        if (rest.Length < 2 || rest[0] != ',')
            return false;
        rest = rest[1..];
        char form = rest[0] is 'J' or 'M' ? rest[0] : '0';
        if (form != '0')
            rest = rest[1..];
        int month = 0;
        int week = 0;
        if (form == 'M' && !(TryPart(ref rest, 1, 12, out month) && TryPart(ref rest, 1, 5, out week)))
            return false;
        if (!TryNumber(ref rest, form == 'M' ? 6 : 365 + (form == 'J' ? 0 : 1), out int day) || form == 'J' && day == 0)
            return false;
        int time = 7200;
        if (!rest.IsEmpty && rest[0] == '/')
        {
            rest = rest[1..];
            if (!TryTime(ref rest, 167, out time))
                return false;
        }

        rule = new Rule(form, month, week, day, time);
        return true;
    }

    private static bool TryPart(ref ReadOnlySpan<char> rest, int least, int most, out int value)
    {
        if (!TryNumber(ref rest, most, out value) || value < least || rest.IsEmpty || rest[0] != '.')
            return false;
        rest = rest[1..];
        return true;
    }
}
