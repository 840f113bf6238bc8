namespace PSSandbox.Sandboxes;

/// <summary>
/// Input and output of one run for a host with a single thread: it writes input while there is room and takes output while
/// there is some. Both are bounded: a process that writes faster than its host takes waits, as on a pipe.
/// </summary>
public sealed class RunChannel
{
    private const int OutputLimit = 1 << 20;
    private const int IdleMilliseconds = 250;
    private readonly object _gate = new();
    private readonly Queue<SandboxOutput> _output = new();
    private long _outputBytes;
    private bool _complete;
    private bool _closed;

    /// <summary>Makes a channel for one run.</summary>
    public RunChannel() => Input = new InputQueue(_gate);

    /// <summary>The run's standard input.</summary>
    public InputQueue Input { get; }

    /// <summary>Takes the next piece of output, waiting for it.</summary>
    /// <param name="output">The piece.</param>
    /// <param name="untilInputRoom">Whether to wait no longer once the input has room.</param>
    /// <param name="idle">Called on this thread, four times a second, while it waits.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False without a piece: the run is at its end, the input has room, or the wait was ended.</returns>
    public bool TryTake(out SandboxOutput output, bool untilInputRoom = false, Action? idle = null, CancellationToken cancellation = default)
    {
        output = default;
        using CancellationTokenRegistration wake = cancellation.UnsafeRegister(static channel => ((RunChannel)channel!).Pulse(), this);
        while (true)
        {
            lock (_gate)
            {
                bool waited = true;
                while (_output.Count == 0 && waited)
                {
                    if (_complete || _closed || cancellation.IsCancellationRequested || untilInputRoom && Input.HasRoom)
                        return false;
                    waited = Monitor.Wait(_gate, idle is null ? Timeout.Infinite : IdleMilliseconds);
                }

                if (_output.TryDequeue(out output))
                {
                    bool full = _outputBytes >= OutputLimit;
                    _outputBytes -= output.Bytes.Length;
                    if (full)
                        Monitor.PulseAll(_gate);
                    return true;
                }
            }

            idle!();
        }
    }

    /// <summary>The host takes no more: what is written from now on fails (EIO), and whoever waits for room goes on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _output.Clear();
            Monitor.PulseAll(_gate);
        }

        Input.Abandon();
    }

    /// <summary>Adds output, waiting for room. What comes after the run's end is dropped.</summary>
    internal void Add(SandboxOutput output)
    {
        lock (_gate)
        {
            while (_outputBytes >= OutputLimit && !_closed && !_complete)
                Monitor.Wait(_gate);
            if (_complete)
                return;
            if (_closed)
                throw new IOException("Nobody takes the output any more.");
            _output.Enqueue(output);
            _outputBytes += output.Bytes.Length;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The run has ended.</summary>
    internal void Complete()
    {
        lock (_gate)
        {
            _complete = true;
            Monitor.PulseAll(_gate);
        }

        Input.Abandon();
    }

    private void Pulse()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}
