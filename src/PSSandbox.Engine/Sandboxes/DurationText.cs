using System.Globalization;

namespace PSSandbox.Sandboxes;

/// <summary>Durations as people write them: <c>30</c> (seconds), <c>500ms</c>, <c>30s</c>, <c>1h30m</c>, <c>00:01:30</c>.</summary>
public static class DurationText
{
    /// <summary>Reads a duration.</summary>
    /// <exception cref="FormatException">The text is no duration, is negative, or is longer than about 24 days.</exception>
    public static TimeSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (rest.Contains(':'))
        {
            return TimeSpan.TryParse(rest, CultureInfo.InvariantCulture, out TimeSpan clock) && clock >= TimeSpan.Zero && clock.TotalMilliseconds <= int.MaxValue
                ? clock
                : throw Invalid(text);
        }

        double milliseconds = 0;
        if (rest.Length == 0)
            throw Invalid(text);
        while (rest.Length > 0)
        {
            int digits = 0;
            while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
                digits++;
            int letters = digits;
            while (letters < rest.Length && char.IsAsciiLetter(rest[letters]))
                letters++;
            double unit = rest[digits..letters] switch
            {
                "" or "s" or "sec" => 1000,
                "ms" => 1,
                "m" or "min" => 60_000,
                "h" => 3_600_000,
                "d" => 86_400_000,
                _ => 0,
            };
            if (unit == 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
                throw Invalid(text);
            milliseconds += number * unit;
            rest = rest[letters..];
        }

        return milliseconds <= int.MaxValue ? TimeSpan.FromMilliseconds(milliseconds) : throw Invalid(text);
    }

    private static FormatException Invalid(string text) => new($"'{text}' is not a duration such as 30, 500ms, 30s or 1h30m.");
}
