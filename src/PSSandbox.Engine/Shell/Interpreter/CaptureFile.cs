using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Shell.Interpreter;

/// <summary>
/// The standard output of a command substitution: grows in memory, so that no writer ever waits for the shell, and tells
/// when its last writer has closed it. What it holds is charged to the sandbox; at the limit the shell is killed.
/// </summary>
internal sealed class CaptureFile(Process shell) : OpenFile(null, OpenFlags.WriteOnly)
{
    private readonly object _gate = new();
    private byte[] _bytes = [];
    private int _length;
    private long _charged;
    private bool _closed;

    /// <inheritdoc/>
    public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = 0;
        lock (_gate)
        {
            if (buffer.Length > _bytes.Length - _length && !Grow(buffer.Length))
            {
                // Whoever writes without end must not go on when nobody is left to read.
                (caller as Process)?.Deliver(Signal.KILL);
                return Errno.ENOMEM;
            }

            buffer.CopyTo(_bytes.AsSpan(_length));
            _length += buffer.Length;
        }

        count = buffer.Length;
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

    /// <summary>Gives what was written, without the newlines at its end and without NUL bytes, and its memory back.</summary>
    public string Take()
    {
        lock (_gate)
        {
            ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, _length);
            bytes = bytes.TrimEnd((byte)'\n');
            string text = Encoding.Latin1.GetString(bytes);
            if (bytes.Contains((byte)0))
                text = text.Replace("\0", "");
            shell.Kernel.Memory.Release(_charged);
            _charged = 0;
            _bytes = [];
            _length = 0;
            return text;
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

    private bool Grow(int more)
    {
        long size = Math.Max(Math.Max(128, (long)_bytes.Length * 2), (long)_length + more);
        if (size > Array.MaxLength || !shell.Kernel.Memory.TryCharge(size - _charged))
        {
            long limit = size > Array.MaxLength ? Array.MaxLength : shell.Kernel.Memory.Limit;
            shell.Kernel.Record("memory", shell.Id, $"the limit of {ByteSize.Format(limit)} of memory was reached");
            shell.Deliver(Signal.KILL);
            return false;
        }

        _charged = size;
        Array.Resize(ref _bytes, (int)size);
        return true;
    }
}
