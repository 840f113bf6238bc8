using System.Globalization;
using System.Text.RegularExpressions;

namespace PSSandbox.Userland.Native;

/// <summary>
/// Reads a date as <c>date -d</c> takes it: <c>@seconds</c>, ISO 8601 and its relatives with a zone, BusyBox's digits, names
/// of months and days, and the usual relative words of GNU date (<c>yesterday</c>, <c>2 days ago</c>, <c>next month</c>).
/// </summary>
internal sealed partial class DateParser
{
    private const int MaxText = 256;
    private const long Second = 1_000_000_000;
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private readonly string _text;
    private readonly PosixTimeZone _zone;
    private readonly int _nowRest;
    private DateTime _local;
    private int _rest;
    private int? _offset;
    private bool _hasDate;
    private bool _hasTime;
    private bool _hasWeekday;
    private int _months;
    private TimeSpan _shift;

    /// <summary>Prepares to read a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The present, nanoseconds since 1970-01-01 UTC, for what the text leaves open.</param>
    /// <param name="zone">The zone of times that tell none.</param>
    public DateParser(string text, long now, PosixTimeZone zone)
    {
        _text = text.Trim();
        _zone = zone;
        long seconds = Math.DivRem(now, Second, out long rest);
        if (rest < 0)
            (seconds, rest) = (seconds - 1, rest + Second);
        _nowRest = (int)rest;
        _local = DateTime.UnixEpoch.AddSeconds(seconds + zone.At(seconds).Offset);
    }

    /// <summary>Reads the text; false if it makes no date.</summary>
    public bool TryParse(out long nanoseconds)
    {
        nanoseconds = 0;
        if (_text.Length > MaxText)
            return false;
        if (_text.StartsWith('@'))
            return TryEpoch(out nanoseconds);
        try
        {
            if (!TryDigits() && !TryItems())
                return false;
            if (!_hasTime && (_hasDate || _hasWeekday))
                _local = _local.Date;
            else if (!_hasTime)
                _rest = _nowRest;
            DateTime local = _local.AddMonths(_months).Add(_shift);
            long seconds = (local - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
            seconds = _offset is { } offset ? seconds - offset : _zone.ToUniversal(seconds);
            nanoseconds = checked(seconds * Second + _rest);
            return true;
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\G[\s,]*(?:(?<y>\d{4})-(?<mo>\d{1,2})-(?<d>\d{1,2})(?:[Tt](?=\d))?|(?<mo>\d{1,2})/(?<d>\d{1,2})(?:/(?<y>\d{2,4}))?|(?:(?<y>\d{4})\.)?(?<mo>\d{2})\.(?<d>\d{2})-(?=\d\d:))", RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern { get; }

    [GeneratedRegex(@"\G[\s,]*(?<h>\d{1,2}):(?<mi>\d{1,2})(?::(?<s>\d{1,2})(?:[.,](?<f>\d{1,9})\d*)?)?\s*(?<ampm>[AaPp]\.?[Mm]\.?)?", RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern { get; }

    [GeneratedRegex(@"\G\s*(?:(?<z>[Zz]|UTC|GMT|utc|gmt)(?![A-Za-z])|(?<sign>[+-])(?<zh>\d{2}):?(?<zm>\d{2})?(?!\d|\s*[a-z]))", RegexOptions.CultureInvariant)]
    private static partial Regex ZonePattern { get; }

    [GeneratedRegex(@"\G[\s,]*(?:(?<n>[+-]?\s*\d{1,9})\s*|(?<word>next|last|this)\s+)?(?<unit>year|month|fortnight|week|day|hour|minute|min|second|sec)s?(?<ago>\s+ago)?(?![a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex RelativePattern { get; }

    [GeneratedRegex(@"\G[\s,]*(?<w>[A-Za-z]+)\.?", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern { get; }

    [GeneratedRegex(@"\G[\s,]*(?:(?<y>\d{4})|(?<d>\d{1,2}))(?!\d|:)", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern { get; }

    private bool TryEpoch(out long nanoseconds)
    {
        nanoseconds = 0;
        ReadOnlySpan<char> number = _text.AsSpan(1);
        int dot = number.IndexOf('.');
        ReadOnlySpan<char> whole = dot < 0 ? number : number[..dot];
        if (!long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds) || Math.Abs(seconds) > long.MaxValue / Second)
            return false;
        if (dot >= 0)
        {
            string fraction = number[(dot + 1)..].ToString();
            if (fraction.Length == 0 || !fraction.All(char.IsAsciiDigit))
                return false;
            _rest = Fraction(fraction);
        }

        nanoseconds = seconds * Second + _rest;
        return true;
    }

    private static int Fraction(string digits) =>
        int.Parse(digits.Length > 9 ? digits[..9] : digits.PadRight(9, '0'), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>BusyBox's <c>[[[[[YY]YY]MM]DD]hh]mm[.ss]</c>, and <c>YYYYMMDD</c>.</summary>
    private bool TryDigits()
    {
        string digits = _text;
        int second = 0;
        int dot = digits.IndexOf('.', StringComparison.Ordinal);
        if (dot == digits.Length - 3 && dot > 0 && int.TryParse(digits.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out second))
            digits = digits[..dot];
        if (digits.Length is < 2 or > 12 || digits.Length % 2 != 0 || !digits.All(char.IsAsciiDigit))
            return false;
        if (digits.Length == 8 && dot < 0 && digits.AsSpan(0, 2) is "19" or "20")
        {
            _local = new DateTime(Part(digits, 0, 4), Part(digits, 4, 2), Part(digits, 6, 2));
            _hasDate = true;
            return true;
        }

        int end = digits.Length;
        int minute = Part(digits, end - 2, 2);
        int hour = end >= 4 ? Part(digits, end - 4, 2) : _local.Hour;
        int day = end >= 6 ? Part(digits, end - 6, 2) : _local.Day;
        int month = end >= 8 ? Part(digits, end - 8, 2) : _local.Month;
        int year = end == 12 ? Part(digits, 0, 4) : end == 10 ? FullYear(Part(digits, 0, 2)) : _local.Year;
        _local = new DateTime(year, month, day, hour, minute, second);
        _hasDate = _hasTime = true;
        return true;
    }

    private static int Part(string digits, int index, int length) =>
        int.Parse(digits.AsSpan(index, length), NumberStyles.None, CultureInfo.InvariantCulture);

    private static int FullYear(int year) => year < 69 ? 2000 + year : year < 100 ? 1900 + year : year;

    private bool TryItems()
    {
        int position = 0;
        while (position < _text.Length)
        {
            if (_text.AsSpan(position).Trim(" \t,").IsEmpty)
                break;
            int used = TryDate(position);
            if (used == 0)
                used = TryTime(position);
            if (used == 0)
                used = TryRelative(position);
            if (used == 0)
                used = TryWord(position);
            if (used == 0)
                used = TryNumber(position);
            if (used == 0)
                return false;
            position += used;
        }

        return _text.Length > 0;
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private int TryDate(int position)
    {
        Match match = DatePattern.Match(_text, position);
        if (!match.Success || _hasDate)
            return 0;
        int year = match.Groups["y"].Success ? FullYear(Number(match, "y")) : _local.Year;
        _local = new DateTime(year, Number(match, "mo"), Number(match, "d")) + _local.TimeOfDay;
        _hasDate = true;
        return match.Length;
    }

    private int TryTime(int position)
    {
        Match match = TimePattern.Match(_text, position);
        if (!match.Success || _hasTime)
            return 0;
        int hour = Number(match, "h");
        if (match.Groups["ampm"].Success)
        {
            if (hour is 0 or > 12)
                return 0;
            hour = hour % 12 + (match.Groups["ampm"].ValueSpan[0] is 'p' or 'P' ? 12 : 0);
        }

        int second = match.Groups["s"].Success ? Number(match, "s") : 0;
        _local = new DateTime(_local.Year, _local.Month, _local.Day, hour, Number(match, "mi"), second);
        _rest = match.Groups["f"].Success ? Fraction(match.Groups["f"].Value) : 0;
        _hasTime = true;
        int end = position + match.Length;
        Match zone = ZonePattern.Match(_text, end);
        if (!zone.Success)
            return match.Length;
        _offset = 0;
        if (zone.Groups["sign"].Success)
        {
            int offset = Number(zone, "zh") * 3600 + (zone.Groups["zm"].Success ? Number(zone, "zm") * 60 : 0);
            _offset = zone.Groups["sign"].Value == "-" ? -offset : offset;
        }

        return match.Length + zone.Length;
    }

    private int TryRelative(int position)
    {
        Match match = RelativePattern.Match(_text.ToLowerInvariant(), position);
        if (!match.Success)
            return 0;
        int count = 1;
        if (match.Groups["n"].Success)
            count = int.Parse(match.Groups["n"].Value.Replace(" ", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        else if (match.Groups["word"].Success)
            count = match.Groups["word"].Value switch { "next" => 1, "last" => -1, _ => 0 };
        if (match.Groups["ago"].Success)
            count = -count;
        switch (match.Groups["unit"].Value)
        {
            case "year":
                _months = checked(_months + count * 12);
                break;
            case "month":
                _months = checked(_months + count);
                break;
            case "fortnight":
                _shift += TimeSpan.FromDays(14L * count);
                break;
            case "week":
                _shift += TimeSpan.FromDays(7L * count);
                break;
            case "day":
                _shift += TimeSpan.FromDays(count);
                break;
            case "hour":
                _shift += TimeSpan.FromHours(count);
                break;
            case "minute" or "min":
                _shift += TimeSpan.FromMinutes(count);
                break;
            default:
                _shift += TimeSpan.FromSeconds(count);
                break;
        }

        return match.Length;
    }

    private int TryWord(int position)
    {
        Match match = WordPattern.Match(_text, position);
        if (!match.Success)
            return 0;
        string word = match.Groups["w"].Value.ToLowerInvariant();
        switch (word)
        {
            case "now" or "at" or "of":
                return match.Length;
            case "today":
                return match.Length;
            case "yesterday":
                _shift -= TimeSpan.FromDays(1);
                return match.Length;
            case "tomorrow":
                _shift += TimeSpan.FromDays(1);
                return match.Length;
            case "midnight" or "noon":
                _local = _local.Date.AddHours(word == "noon" ? 12 : 0);
                _hasTime = true;
                return match.Length;
            case "utc" or "gmt" or "z":
                _offset = 0;
                return match.Length;
            case "next" or "last" or "this":
                return TryWeekday(match, position, word);
        }

        if (word.Length < 3)
            return 0;
        int month = Array.IndexOf(Months, word[..3]);
        if (month >= 0)
        {
            _local = new DateTime(_local.Year, month + 1, 1) + _local.TimeOfDay;
            _hasDate = true;
            return match.Length;
        }

        int day = Array.IndexOf(Days, word[..3]);
        if (day < 0)
            return 0;

        // A day's name beside a date says nothing new.
        _hasWeekday = true;
        if (!_hasDate && !NumberFollows(position + match.Length))
            _shift += TimeSpan.FromDays((day - (int)_local.DayOfWeek + 7) % 7);
        return match.Length;
    }

    private bool NumberFollows(int position) => _text.AsSpan(position).ContainsAnyInRange('0', '9') && !_text.AsSpan(position).Contains(':') || HasMonth(position);

    private bool HasMonth(int position)
    {
        string rest = _text[position..].ToLowerInvariant();
        return Array.Exists(Months, m => rest.Contains(m, StringComparison.Ordinal));
    }

    private int TryWeekday(Match match, int position, string word)
    {
        Match next = WordPattern.Match(_text, position + match.Length);
        string name = next.Success ? next.Groups["w"].Value.ToLowerInvariant() : "";
        int day = name.Length < 3 ? -1 : Array.IndexOf(Days, name[..3]);
        if (day < 0)
            return 0;
        int ahead = (day - (int)_local.DayOfWeek + 7) % 7;
        _shift += TimeSpan.FromDays(word switch
        {
            "next" => ahead == 0 ? 7 : ahead,
            "last" => ahead == 0 ? -7 : ahead - 7,
            _ => ahead,
        });
        _hasWeekday = true;
        return match.Length + next.Length;
    }

    /// <summary>A number beside a month's name: the day, or the year.</summary>
    private int TryNumber(int position)
    {
        Match match = NumberPattern.Match(_text, position);
        if (!match.Success)
            return 0;
        _local = match.Groups["y"].Success
            ? new DateTime(Number(match, "y"), _local.Month, _local.Day) + _local.TimeOfDay
            : new DateTime(_local.Year, _local.Month, Number(match, "d")) + _local.TimeOfDay;
        _hasDate = true;
        return match.Length;
    }
}
