using System.Diagnostics;

namespace PSSandbox.Processes;

/// <summary>The time as a sandbox sees it.</summary>
internal sealed class KernelClock
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Time since the sandbox was made.</summary>
    public TimeSpan Uptime => Stopwatch.GetElapsedTime(_start);

    /// <summary>Time since the sandbox was made, in nanoseconds.</summary>
    public long UptimeNanoseconds => Uptime.Ticks * 100;

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long RealNanoseconds => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
}
