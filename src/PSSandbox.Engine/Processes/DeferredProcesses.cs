namespace PSSandbox.Processes;

/// <summary>
/// Processes that are to run on this thread one after the other, the stages of a pipeline: as long as the running one
/// neither waits nor fills its pipe, none of the others needs a thread. When it does, or after a moment, all start.
/// </summary>
internal sealed class DeferredProcesses : IDisposable
{
    /// <summary>How long the running process may keep the others from starting, in milliseconds.</summary>
    private const int Patience = 2;

    [ThreadStatic]
    private static DeferredProcesses? _innermost;

    private readonly DeferredProcesses? _outer;
    private readonly Process[] _processes;
    private readonly Timer _timer;
    private bool _started;

    /// <summary>Begins deferring on the calling thread, which then runs the processes inline in their order.</summary>
    public DeferredProcesses(Process[] processes)
    {
        _processes = processes;
        _outer = _innermost;
        _innermost = this;
        _timer = new Timer(static self => ((DeferredProcesses)self!).StartAll(), this, Patience, Timeout.Infinite);
    }

    /// <summary>The calling thread is about to wait: whatever it defers must run now, or what it waits for might never come.</summary>
    public static void ThreadWaits()
    {
        for (DeferredProcesses? deferred = _innermost; deferred is not null; deferred = deferred._outer)
            deferred.StartAll();
    }

    /// <summary>Starts every process that did not run yet, each on a thread of its own.</summary>
    public void StartAll()
    {
        if (Interlocked.Exchange(ref _started, true))
            return;
        foreach (Process process in _processes)
            process.Start();
    }

    /// <summary>Ends deferring; on the thread that began it.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _innermost = _outer;
    }
}
