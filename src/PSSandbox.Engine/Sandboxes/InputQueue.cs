namespace PSSandbox.Sandboxes;

/// <summary>
/// Standard input that its host writes while the process runs. It holds a bounded number of bytes: then a write waits, or
/// is refused. Once nobody can read any more, what is written is dropped.
/// </summary>
public sealed class InputQueue
{
    private const int Limit = 256 << 10;
    private readonly object _gate;
    private readonly Queue<byte[]> _chunks = new();
    private int _start;
    private int _buffered;
    private bool _completed;
    private bool _abandoned;

    /// <summary>Makes an empty queue.</summary>
    public InputQueue()
        : this(new object())
    {
    }

    internal InputQueue(object gate) => _gate = gate;

    /// <summary>Raised when there is more to read, or never will be.</summary>
    internal event Action? Changed;

    /// <summary>Whether nobody can read it any more.</summary>
    public bool IsAbandoned
    {
        get
        {
            lock (_gate)
                return _abandoned;
        }
    }

    /// <summary>Whether nothing more can be written.</summary>
    public bool IsCompleted
    {
        get
        {
            lock (_gate)
                return _completed;
        }
    }

    internal object Gate => _gate;

    /// <summary>Whether a write would be taken; the gate is held.</summary>
    internal bool HasRoom => _buffered < Limit || _abandoned || _completed;

    /// <summary>Writes all of the bytes, or none because it is full.</summary>
    /// <returns>False if it is full.</returns>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (!HasRoom)
                return false;
            if (bytes.Length == 0 || _abandoned || _completed)
                return true;
            _chunks.Enqueue(bytes.ToArray());
            _buffered += bytes.Length;
            Monitor.PulseAll(_gate);
        }

        Changed?.Invoke();
        return true;
    }

    /// <summary>Writes, waiting for room.</summary>
    /// <param name="bytes">What.</param>
    /// <param name="cancellation">Ends the wait; nothing is written then.</param>
    /// <returns>False if nobody reads it any more, or the wait was ended.</returns>
    public bool Write(ReadOnlySpan<byte> bytes, CancellationToken cancellation = default)
    {
        using CancellationTokenRegistration wake = cancellation.UnsafeRegister(static queue => ((InputQueue)queue!).Pulse(), this);
        lock (_gate)
        {
            while (!HasRoom && !cancellation.IsCancellationRequested)
                Monitor.Wait(_gate);
            if (_abandoned || cancellation.IsCancellationRequested)
                return false;
        }

        return TryWrite(bytes);
    }

    /// <summary>The end of the input: the reader meets it after what was written.</summary>
    public void Complete() => Change(static queue => queue._completed = true);

    /// <summary>Nobody reads any more.</summary>
    internal void Abandon() => Change(static queue =>
    {
        queue._abandoned = true;
        queue._chunks.Clear();
        queue._buffered = 0;
    });

    /// <summary>Takes bytes, the gate held. False if there are none now; true with 0 bytes at the end.</summary>
    internal bool TryRead(Span<byte> buffer, out int count)
    {
        count = 0;
        while (count < buffer.Length && _chunks.TryPeek(out byte[]? chunk))
        {
            int taken = Math.Min(buffer.Length - count, chunk.Length - _start);
            chunk.AsSpan(_start, taken).CopyTo(buffer[count..]);
            count += taken;
            _start += taken;
            if (_start == chunk.Length)
            {
                _chunks.Dequeue();
                _start = 0;
            }
        }

        bool had = !(_buffered < Limit);
        _buffered -= count;
        if (had && _buffered < Limit)
            Monitor.PulseAll(_gate);
        return count > 0 || _completed || _abandoned;
    }

    /// <summary>Whether a read would not wait; the gate is held.</summary>
    internal bool IsReadable => _buffered > 0 || _completed || _abandoned;

    private void Pulse()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private void Change(Action<InputQueue> change)
    {
        lock (_gate)
        {
            change(this);
            Monitor.PulseAll(_gate);
        }

        Changed?.Invoke();
    }
}
