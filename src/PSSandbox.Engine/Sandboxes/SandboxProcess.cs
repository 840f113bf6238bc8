using System.Diagnostics;
using PSSandbox.Processes;
using Process = PSSandbox.Processes.Process;

namespace PSSandbox.Sandboxes;

/// <summary>A command that runs in a sandbox, with everything that it starts.</summary>
public sealed class SandboxProcess : IDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(50);
    private readonly Sandbox _sandbox;
    private readonly Process _process;
    private readonly SandboxRunOptions _options;
    private readonly OutputLog? _log;
    private readonly object _gate = new();
    private readonly long _violationMark;
    private DateTimeOffset _startTime;
    private long _started;
    private Deadline? _timeout;
    private Deadline? _cpuWatch;
    private bool _ended;
    private SandboxResult? _result;

    internal SandboxProcess(Sandbox sandbox, Process process, SandboxRunOptions options, OutputLog? log)
    {
        _sandbox = sandbox;
        _process = process;
        _options = options;
        _log = log;
        _violationMark = sandbox.Kernel.MarkViolations();
        Sink = new OutputSink(
            log,
            options.Channel is { } channel ? channel.Add : options.OnOutput,
            () => sandbox.Kernel.Record("output", process.Id, $"the limit of {ByteSize.Format(sandbox.Options.Limits.OutputBytes)} on the output of one run was reached"),
            () => End("failed"));
        sandbox.Kernel.ProcessEnded += OnEnded;
    }

    /// <summary>Process id inside.</summary>
    public int Id => _process.Id;

    /// <summary>Name of the sandbox.</summary>
    public string Sandbox => _sandbox.Name;

    /// <summary>The argument vector, joined by spaces.</summary>
    public string CommandLine => ByteText.ToText(string.Join(' ', _process.Arguments));

    /// <summary>Its exit status; null while it runs.</summary>
    public int? ExitCode => Result?.ExitCode;

    /// <summary>Its standard input, if the host writes it.</summary>
    public InputQueue? Input => _options.Input;

    /// <summary>The argument vector.</summary>
    public IReadOnlyList<string> Arguments => [.. _process.Arguments.Select(ByteText.ToText)];

    /// <summary>When it began.</summary>
    public DateTimeOffset StartTime => _startTime;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited
    {
        get
        {
            lock (_gate)
                return _ended;
        }
    }

    /// <summary>What it wrote so far, if it is captured.</summary>
    public OutputLog? Output => _log;

    /// <summary>What came of it; null while it runs.</summary>
    public SandboxResult? Result
    {
        get
        {
            lock (_gate)
                return _ended ? _result ??= MakeResult() : null;
        }
    }

    internal OutputSink Sink { get; }

    internal bool IsKept => _options.Keep;

    /// <summary>Waits for its end.</summary>
    /// <param name="cancellation">Ends it, and all that it started, at once.</param>
    public SandboxResult Wait(CancellationToken cancellation = default)
    {
        using CancellationTokenRegistration kill = cancellation.UnsafeRegister(static p => ((SandboxProcess)p!).Cancel(), this);
        lock (_gate)
        {
            while (!_ended)
                Monitor.Wait(_gate);
        }

        return Finish();
    }

    /// <summary>Waits for its end, but no longer than a time.</summary>
    /// <returns>The result; null if it still runs.</returns>
    public SandboxResult? Wait(TimeSpan timeout)
    {
        long end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        lock (_gate)
        {
            while (!_ended)
            {
                long left = end - Environment.TickCount64;
                if (left <= 0)
                    return null;
                Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue));
            }
        }

        return Finish();
    }

    /// <summary>Sends it a signal.</summary>
    /// <param name="signal">The signal's number, 1 to 64.</param>
    public void Signal(int signal) => _process.Deliver((Signal)signal);

    /// <summary>Sends a signal to it and the rest of its process group, as a terminal's keys do.</summary>
    /// <param name="signal">The signal's number, 1 to 64.</param>
    public void SignalGroup(int signal) => _sandbox.Kernel.Kill(null, -_process.GroupId, (Signal)signal);

    /// <summary>Ends it and all that it started.</summary>
    public void Kill() => _sandbox.Kernel.Kill(_process.Job);

    /// <summary>Ends it and all that it started, as cancelling a wait does: the result says so.</summary>
    public void Cancel() => End("canceled");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!HasExited)
            Kill();
        _sandbox.Kernel.ProcessEnded -= OnEnded;
        _timeout?.Dispose();
        _cpuWatch?.Dispose();
    }

    internal void Begin()
    {
        StartWatches();
        _process.Start();
    }

    /// <summary>Runs on the calling thread where its stack is deep enough, else on one of the sandbox's threads.</summary>
    internal SandboxResult RunHere(CancellationToken cancellation)
    {
        StartWatches();
        if (!ThreadStack.IsDeep)
        {
            _process.Start();
            return Wait(cancellation);
        }

        using (cancellation.UnsafeRegister(static p => ((SandboxProcess)p!).Cancel(), this))
            _process.RunInline();
        return Wait(CancellationToken.None);
    }

    private void StartWatches()
    {
        _startTime = DateTimeOffset.UtcNow;
        _started = Stopwatch.GetTimestamp();
        if (_options.Timeout > TimeSpan.Zero)
            _timeout = new Deadline(() => End("timeout"), _options.Timeout);
        if (_sandbox.Kernel.Options.MaxCpuTime > TimeSpan.Zero)
        {
            // It is there before it is due: it sets its next time itself.
            _cpuWatch = new Deadline(WatchCpu);
            _cpuWatch.Change(WatchInterval);
        }
    }

    private void WatchCpu()
    {
        TimeSpan limit = _sandbox.Kernel.Options.MaxCpuTime;
        if (_sandbox.Kernel.CpuTime <= limit)
        {
            _cpuWatch?.Change(WatchInterval);
            return;
        }

        _sandbox.Kernel.Record("cpu", 0, FormattableString.Invariant($"the limit of {limit.TotalSeconds} s of CPU time was reached"));
        End("cpu");
    }

    private void End(string reason)
    {
        if (HasExited)
            return;
        _process.Job.EndedBecause ??= reason;
        if (reason == "timeout")
            _sandbox.Kernel.Record("time", _process.Id, FormattableString.Invariant($"the time limit of {_options.Timeout.TotalSeconds} s was reached"));
        Kill();
    }

    private void OnEnded(Process process)
    {
        if (process != _process)
            return;
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }

        _log?.Complete();
        _options.Input?.Abandon();
        _options.Channel?.Complete();
    }

    private SandboxResult Finish()
    {
        _timeout?.Dispose();
        _cpuWatch?.Dispose();
        if (Sink.Failure is { } failure)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return Result!;
    }

    private SandboxResult MakeResult()
    {
        TimeSpan duration = Stopwatch.GetElapsedTime(_started);
        bool timedOut = _process.Job.EndedBecause == "timeout";
        return new SandboxResult(_log)
        {
            ExitCode = timedOut ? 124 : _process.ExitStatus.ShellStatus,
            StartTime = _startTime,
            EndTime = _startTime + duration,
            Duration = duration,
            ProcessId = _process.Id,
            TimedOut = timedOut,
            Canceled = _process.Job.EndedBecause == "canceled",
            Violations = _sandbox.Kernel.ViolationsSince(_violationMark),
            Sandbox = _sandbox.Name,
            ResourceUsage = new SandboxResourceUsage
            {
                CpuTime = _sandbox.Kernel.CpuTimeOf(_process.Job),
                PeakMemoryBytes = _process.Job.PeakMemoryBytes,
                ProcessCount = _process.Job.ProcessesStarted,
                StorageBytes = _sandbox.Storage.Bytes,
            },
        };
    }
}
