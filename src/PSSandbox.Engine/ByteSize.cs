using System.Globalization;

namespace PSSandbox;

/// <summary>Sizes as people write them: <c>4096</c>, <c>64k</c>, <c>256MB</c>, <c>256MiB</c>, <c>1.5g</c>. Units are powers of 1024.</summary>
public static class ByteSize
{
    private const string Units = "kmgt";

    /// <summary>Reads a size.</summary>
    /// <exception cref="FormatException">The text is no size, is negative, or is above 2^63 - 1.</exception>
    public static long Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        int digits = 0;
        while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
            digits++;
        ReadOnlySpan<char> unit = rest[digits..].Trim();
        if (unit.EndsWith("iB", StringComparison.OrdinalIgnoreCase))
            unit = unit[..^2];
        else if (unit.EndsWith("b", StringComparison.OrdinalIgnoreCase))
            unit = unit[..^1];
        int power = unit.Length == 0 ? 0 : unit.Length == 1 ? Units.IndexOf(char.ToLowerInvariant(unit[0])) + 1 : -1;
        bool valid = decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number);
        if (!valid || power < 0 || unit.Length == 1 && power == 0 || number > 1L << 53)
            throw new FormatException($"'{text}' is not a size such as 4096, 64k, 256MB or 1.5GiB.");
        decimal bytes = number * (1L << (10 * power));
        if (bytes > long.MaxValue)
            throw new FormatException($"The size '{text}' is too large.");
        return (long)bytes;
    }

    /// <summary>Writes a size for people: <c>1.5 MiB</c>.</summary>
    public static string Format(long bytes)
    {
        if (bytes < 1024)
            return $"{bytes} B";
        double value = bytes;
        int power = 0;
        while (value >= 1024 && power < Units.Length)
        {
            value /= 1024;
            power++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {char.ToUpperInvariant(Units[power - 1])}iB");
    }
}
