using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PSSandbox.Processes;

/// <summary>CPU time that threads have used: exact where the system tells it, else elapsed time.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;
    private static readonly bool Linux = OperatingSystem.IsLinux();
    private static readonly bool Windows = OperatingSystem.IsWindows();

    /// <summary>A number for <see cref="Of"/> to know the calling thread by.</summary>
    public static int CurrentThread => Linux ? _thread != 0 ? _thread : _thread = gettid() : 0;

    [ThreadStatic]
    private static int _thread;

    /// <summary>CPU time of the calling thread, in nanoseconds since some moment.</summary>
    public static long Now
    {
        get
        {
            if (Linux && clock_gettime(ThreadCpuTime, out Timespec time) == 0)
                return time.Nanoseconds;
            if (Windows && GetThreadTimes(GetCurrentThread(), out _, out _, out long kernel, out long user))
                return (kernel + user) * 100;
            return Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);
        }
    }

    /// <summary>The same of another thread; -1 where that cannot be told.</summary>
    /// <remarks>Linux builds the clock's number from the thread's: (~tid &lt;&lt; 3) | CPUCLOCK_PERTHREAD | CPUCLOCK_SCHED.</remarks>
    public static long Of(int thread) =>
        Linux && thread != 0 && clock_gettime((~thread << 3) | 6, out Timespec time) == 0 ? time.Nanoseconds : -1;

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out Timespec time);

    [LibraryImport("libc")]
    private static partial int gettid();

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadTimes(nint thread, out long creation, out long exit, out long kernel, out long user);

    private readonly struct Timespec
    {
        private readonly long _seconds;
        private readonly long _nanoseconds;

        public long Nanoseconds => _seconds * 1_000_000_000 + _nanoseconds;
    }
}
