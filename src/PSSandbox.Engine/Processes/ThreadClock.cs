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

    /// <summary>
    /// CPU time of the calling thread, in nanoseconds since some moment; it never goes back. For a moment after the system was
    /// asked it is not asked again, which takes half a microsecond: the time that has passed since counts instead.
    /// </summary>
    public static long Now
    {
        get
        {
            long timestamp = Stopwatch.GetTimestamp();
            if (!Linux)
                return Windows && GetThreadTimes(GetCurrentThread(), out _, out _, out long kernel, out long user)
                    ? (kernel + user) * 100
                    : timestamp * (1_000_000_000 / Stopwatch.Frequency);
            long passed = timestamp - _askedAt;
            if ((ulong)passed < Moment)
                return _last = Math.Max(_last, _told + passed);
            if (clock_gettime(ThreadCpuTime, out Timespec time) != 0)
                return timestamp;
            (_askedAt, _told) = (timestamp, time.Nanoseconds);
            return _last = Math.Max(_last, _told);
        }
    }

    // On Linux a timestamp is nanoseconds.
    private const ulong Moment = 20_000;

    [ThreadStatic]
    private static long _askedAt;

    [ThreadStatic]
    private static long _told;

    [ThreadStatic]
    private static long _last;

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
