namespace PSSandbox.FileSystem;

/// <summary>Times as files have them: nanoseconds since 1970-01-01 UTC.</summary>
internal static class Timestamp
{
    /// <summary>Now; its unit is 100 ns.</summary>
    public static long Now => FromDateTime(DateTime.UtcNow);

    /// <summary>Converts a UTC time.</summary>
    public static long FromDateTime(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) * 100;

    /// <summary>Converts back; what lies outside of .NET's range is moved to its ends.</summary>
    public static DateTime ToDateTime(long nanoseconds) => DateTime.UnixEpoch.AddTicks(nanoseconds / 100);
}
