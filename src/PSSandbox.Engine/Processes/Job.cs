namespace PSSandbox.Processes;

/// <summary>
/// A process that the host started, with all that came from it, whatever sessions and groups it makes: the unit that a
/// time-out ends and whose use is told in a result. (What a control group is on Linux.)
/// </summary>
internal sealed class Job
{
    private long _endedCpuTicks;
    private long _memory;
    private long _peakMemory;
    private int _started;

    /// <summary>CPU time of its processes that have ended.</summary>
    public TimeSpan EndedCpuTime => TimeSpan.FromTicks(Volatile.Read(ref _endedCpuTicks));

    /// <summary>Most guest memory its processes had at one time, in bytes.</summary>
    public long PeakMemoryBytes => Volatile.Read(ref _peakMemory);

    /// <summary>Guest memory of its processes now, in bytes.</summary>
    public long MemoryBytes => Volatile.Read(ref _memory);

    /// <summary>How many processes it has started.</summary>
    public int ProcessesStarted => Volatile.Read(ref _started);

    /// <summary>Why the host ended it; null if it did not.</summary>
    public string? EndedBecause { get; set; }

    internal void Count() => Interlocked.Increment(ref _started);

    internal void AddCpu(TimeSpan time) => Interlocked.Add(ref _endedCpuTicks, time.Ticks);

    internal void AddMemory(long bytes)
    {
        long now = Interlocked.Add(ref _memory, bytes);
        long peak = Volatile.Read(ref _peakMemory);
        while (now > peak && Interlocked.CompareExchange(ref _peakMemory, now, peak) is long seen && seen != peak)
            peak = seen;
    }
}
