using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;

namespace PSSandbox.Shell.Interpreter;

/// <summary>
/// The standard output of a command substitution: grows in memory, so that no writer ever waits for the shell, and tells
/// when its last writer has closed it. What it holds is charged to the sandbox; at the limit the shell is killed.
/// </summary>
internal sealed class CaptureFile(Process shell) : OpenFile(null, OpenFlags.WriteOnly), IDisposable
{
    private const int FirstChunk = 128;
    private const int LargestChunk = 1 << 20;

    // What a string can have.
    private const int MaxLength = 0x3fffffdf;

    private readonly object _gate = new();

    // What is full; the last one is being filled.
    private List<byte[]>? _full;
    private byte[] _last = [];
    private int _used;
    private int _length;
    private long _charged;
    private bool _closed;
    private bool _disposed;

    /// <inheritdoc/>
    public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = 0;
        lock (_gate)
        {
            if (_disposed)
                return Errno.EPIPE;
            while (buffer.Length > 0)
            {
                if (_used == _last.Length && !Grow(buffer.Length))
                {
                    // Whoever writes without end must not go on when nobody is left to read.
                    (caller as Process)?.Deliver(Signal.KILL);
                    return Errno.ENOMEM;
                }

                int piece = Math.Min(buffer.Length, _last.Length - _used);
                buffer[..piece].CopyTo(_last.AsSpan(_used));
                buffer = buffer[piece..];
                _used += piece;
                _length += piece;
                count += piece;
                if (piece == LargestChunk && caller is Process { Attention: true })
                    break;
            }
        }

        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        status = new FileStatus { Type = FileType.Fifo, Mode = 0x180 };
        return Errno.None;
    }

    /// <summary>Waits until every writer has closed it. EINTR when a signal came.</summary>
    public Errno WaitUntilClosed()
    {
        lock (_gate)
        {
            while (!_closed)
            {
                Errno error = shell.Block(_gate, -1);
                if (error == Errno.EINTR)
                    return error;
            }

            return Errno.None;
        }
    }

    /// <summary>Gives what was written, without the newlines at its end and without NUL bytes.</summary>
    /// <param name="host">The shell, whose process may be ended meanwhile.</param>
    public string Take(IExpansionHost? host)
    {
        lock (_gate)
        {
            TrimNewlines();
            if (_full is null)
                return LargeText.WithoutNulls(LargeText.FromBytes(_last.AsSpan(0, _used), host), host);
            string text = string.Create(_length, (Capture: this, host), static (target, source) =>
            {
                foreach (byte[] chunk in source.Capture._full!)
                {
                    LargeText.Widen(chunk, target, source.host);
                    target = target[chunk.Length..];
                }

                LargeText.Widen(source.Capture._last.AsSpan(0, source.Capture._used), target, source.host);
            });
            return LargeText.WithoutNulls(text, host);
        }
    }

    /// <summary>Gives the memory back. Nobody reads any more: who still writes is told so, as by a pipe.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            shell.Kernel.Memory.Release(_charged);
            _charged = 0;
            _full = null;
            _last = [];
            _used = _length = 0;
            _disposed = true;
        }
    }

    /// <inheritdoc/>
    protected override void OnClose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void TrimNewlines()
    {
        while (true)
        {
            int kept = _last.AsSpan(0, _used).TrimEnd((byte)'\n').Length;
            _length -= _used - kept;
            _used = kept;
            if (kept > 0 || _full is not { Count: > 0 })
                return;
            _last = _full[^1];
            _used = _last.Length;
            _full.RemoveAt(_full.Count - 1);
        }
    }

    private bool Grow(int more)
    {
        long size = Math.Min(Math.Max(Math.Max(FirstChunk, _length), more), LargestChunk);
        if (_length + size > MaxLength || !shell.Kernel.Memory.TryCharge(size))
        {
            long limit = size > Array.MaxLength ? Array.MaxLength : shell.Kernel.Memory.Limit;
            shell.Kernel.Record("memory", shell.Id, $"the limit of {ByteSize.Format(limit)} of memory was reached");
            shell.Deliver(Signal.KILL);
            return false;
        }

        _charged += size;
        if (_used > 0)
            (_full ??= []).Add(_last);
        _last = GC.AllocateUninitializedArray<byte>((int)size);
        _used = 0;
        return true;
    }
}
