using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

/// <summary>
/// A host's stream as standard input. The host's read may not be interruptible (a console, a network stream), so another
/// thread makes it, and only once somebody asks: the reader here waits as on a pipe and can be interrupted.
/// </summary>
internal sealed class StreamInput(Stream source) : OpenFile(null, OpenFlags.ReadOnly)
{
    private const int BufferBytes = 64 << 10;
    private readonly object _gate = new();
    private byte[]? _buffer;
    private int _start;
    private int _length;
    private bool _reading;
    private bool _ended;
    private bool _closed;

    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = 0;
        if (buffer.Length == 0)
            return Errno.None;
        lock (_gate)
        {
            while (_length == 0 && !_ended)
            {
                Fill();
                if (_length > 0 || _ended)
                    break;
                if ((Flags & OpenFlags.NonBlocking) != 0)
                    return Errno.EAGAIN;
                if (caller is null)
                    Monitor.Wait(_gate);
                else if (caller.Block(_gate, -1) == Errno.EINTR)
                    return Errno.EINTR;
            }

            count = Math.Min(buffer.Length, _length);
            _buffer.AsSpan(_start, count).CopyTo(buffer);
            _start += count;
            _length -= count;
            return Errno.None;
        }
    }

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        status = new FileStatus { Type = FileType.Fifo, Mode = 0x180, Links = 1, Inode = 3 };
        return Errno.None;
    }

    /// <inheritdoc/>
    public override PollEvents Poll()
    {
        lock (_gate)
        {
            if (_length == 0 && !_ended)
                Fill();
            return _length > 0 || _ended ? PollEvents.Readable : PollEvents.None;
        }
    }

    /// <inheritdoc/>
    public override IDisposable Watch(object gate) => new Watcher(this, gate);

    /// <inheritdoc/>
    protected override void OnClose()
    {
        lock (_gate)
            _closed = true;
    }

    private event Action? Changed;

    /// <summary>Begins a read of the source unless one is under way. The gate is held.</summary>
    private void Fill()
    {
        if (_reading || _ended || _length > 0)
            return;
        _buffer ??= new byte[BufferBytes];
        if (source is MemoryStream)
        {
            Take(source.Read(_buffer));
            return;
        }

        _reading = true;
        ThreadPool.UnsafeQueueUserWorkItem(static input => input.ReadSource(), this, false);
    }

    private void ReadSource()
    {
        int count;
        try
        {
            count = source.Read(_buffer!);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or NotSupportedException)
        {
            count = 0;
        }

        lock (_gate)
        {
            _reading = false;
            if (!_closed)
                Take(count);
            Monitor.PulseAll(_gate);
        }

        Changed?.Invoke();
    }

    private void Take(int count)
    {
        _start = 0;
        _length = count;
        _ended = count == 0;
    }

    private sealed class Watcher : IDisposable
    {
        private readonly StreamInput _input;
        private readonly object _gate;

        public Watcher(StreamInput input, object gate)
        {
            _input = input;
            _gate = gate;
            input.Changed += Pulse;
        }

        public void Dispose() => _input.Changed -= Pulse;

        private void Pulse()
        {
            lock (_gate)
                Monitor.PulseAll(_gate);
        }
    }
}
