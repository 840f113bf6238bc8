using System.Runtime.InteropServices;

namespace PSSandbox.Benchmarks.Throughput;

/// <summary>Processor time, user and system, which other work on the machine changes less than time by the clock.</summary>
internal static partial class ProcessorTime
{
    private const int Children = -1;

    /// <summary>Milliseconds that this process has used, its compiler and collector included.</summary>
    public static double OfThisProcess() => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    /// <summary>Milliseconds that ended child processes have used. Unix with 64 bits.</summary>
    public static unsafe double OfChildren()
    {
        long* usage = stackalloc long[18]; // struct rusage: two times of seconds and microseconds, fourteen counts
        if (GetUsage(Children, usage) != 0)
            throw new InvalidOperationException("getrusage failed");
        return (usage[0] + usage[2]) * 1000.0 + ((int)usage[1] + (int)usage[3]) / 1000.0;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int who, long* usage);
}
