using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Wasi.Preview1;

/// <summary>Preview 1's clocks: <c>realtime</c> 0, <c>monotonic</c> 1, <c>process_cputime_id</c> 2, <c>thread_cputime_id</c> 3.</summary>
internal static class WasiClock
{
    /// <summary>Number of the wall clock.</summary>
    public const int RealTime = 0;

    /// <summary>Number of the clock that only goes forward.</summary>
    public const int Monotonic = 1;

    /// <summary>Reads a clock, in nanoseconds. EINVAL for one that does not exist.</summary>
    public static Errno Read(Process process, int clock, out long nanoseconds)
    {
        switch (clock)
        {
            case RealTime:
                nanoseconds = process.Kernel.Clock.RealNanoseconds;
                return Errno.None;
            case Monotonic:
                nanoseconds = process.Kernel.Clock.UptimeNanoseconds;
                return Errno.None;
            case 2 or 3:
                nanoseconds = process.CpuTime.Ticks * 100;
                return Errno.None;
            default:
                nanoseconds = 0;
                return Errno.EINVAL;
        }
    }
}
