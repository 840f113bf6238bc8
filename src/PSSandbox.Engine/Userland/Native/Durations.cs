using System.Globalization;

namespace PSSandbox.Userland.Native;

/// <summary>Times as sleep and timeout take them: a decimal number with s, m, h or d after it, or <c>infinity</c>.</summary>
internal static class Durations
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365_000);

    /// <summary>Reads one. Anything longer than a thousand years is that.</summary>
    public static bool TryParse(string text, out TimeSpan time)
    {
        time = Longest;
        if (text is "infinity" or "inf")
            return true;
        ReadOnlySpan<char> number = text;
        double unit = 1;
        if (number.Length > 0 && char.IsAsciiLetter(number[^1]))
        {
            unit = number[^1] switch
            {
                's' => 1,
                'm' => 60,
                'h' => 3600,
                'd' => 86400,
                _ => 0,
            };
            number = number[..^1];
        }

        if (unit == 0 || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
            return false;
        seconds *= unit;
        if (seconds < Longest.TotalSeconds)
            time = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
