using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;

namespace PSSandbox.Shell.Interpreter;

/// <summary>
/// Reads from a descriptor no further than what is asked for, so that the rest is left for whoever reads next: on files by
/// reading ahead and seeking back, on pipes and terminals byte by byte.
/// </summary>
internal ref struct DescriptorReader
{
    private const int BytesPerCharacter = sizeof(char);
    private const long ChargeStep = 256 << 10;

    private readonly ShellInterpreter _shell;
    private readonly OpenFile? _file;
    private readonly bool _seeks;
    private readonly byte[] _buffer;
    private long _charged;
    private int _start;
    private int _end;
    private int _size;

    /// <summary>Begins reading at a descriptor.</summary>
    public DescriptorReader(ShellInterpreter shell, int descriptor)
    {
        _shell = shell;
        _file = shell.Process.Descriptors[descriptor];
        _seeks = _file is { CanSeek: true };
        _buffer = shell.ReadBuffer;
        _size = _seeks ? 128 : 1;
        DeadlineMilliseconds = -1;
    }

    /// <summary>When to give up, by <see cref="Environment.TickCount64"/>; -1 never.</summary>
    public long DeadlineMilliseconds { get; set; }

    /// <summary>
    /// To be set as what is read is gathered: the bytes so far, which are charged to the process until <see cref="Finish"/>.
    /// </summary>
    /// <exception cref="ShellMemoryException">There is no room for so much.</exception>
    public long Gathered
    {
        set
        {
            if (value > _charged + ChargeStep)
                Charge(value);
        }
    }

    /// <summary>Why the last read gave nothing; None at the end of the file.</summary>
    public Errno Error { get; private set; }

    /// <summary>Whether the descriptor is open.</summary>
    public readonly bool IsOpen => _file is not null;

    /// <summary>The terminal that it reads from, if it does.</summary>
    public readonly Terminal? Terminal => _file?.Terminal;

    /// <summary>The next byte; -1 at the end, on an error or when time is over.</summary>
    public int ReadByte()
    {
        if (_start == _end && !Fill())
            return -1;
        return _buffer[_start++];
    }

    /// <summary>Reads up to a newline, which is not given. False if the end came before one.</summary>
    public bool ReadLine(out string line)
    {
        StringBuilder? longer = null;
        while (true)
        {
            if (_start == _end && !Fill())
            {
                line = longer?.ToString() ?? "";
                return false;
            }

            ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
            int newline = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = newline < 0 ? rest : rest[..newline];
            _start += part.Length;
            if (newline >= 0)
            {
                _start++;
                line = longer is null ? Encoding.Latin1.GetString(part) : longer.Append(Encoding.Latin1.GetString(part)).ToString();
                Finish();
                return true;
            }

            longer ??= new StringBuilder();
            longer.Append(Encoding.Latin1.GetString(part));
            Gathered = longer.Length;
        }
    }

    /// <summary>Gives back what was read ahead.</summary>
    public void Finish()
    {
        if (_start < _end)
            _file!.Seek(_start - _end, SeekOrigin.Current, out _);
        _start = _end = 0;
        _shell.Process.ReleaseMemory(BytesPerCharacter * _charged);
        _charged = 0;
    }

    private void Charge(long gathered)
    {
        if (_shell.Process.TryChargeMemory(BytesPerCharacter * (gathered - _charged)))
        {
            _charged = gathered;
            return;
        }

        Finish();
        throw new ShellMemoryException();
    }

    private bool Fill()
    {
        Error = Errno.None;
        if (_file is null)
        {
            Error = Errno.EBADF;
            return false;
        }

        _start = _end = 0;
        while (true)
        {
            if (DeadlineMilliseconds >= 0 && !AwaitInput())
                return false;
            int count = 0;

            // What always has input never blocks, and so would not notice a signal.
            Errno error = _shell.Process.Attention ? Errno.EINTR : _shell.Process.Read(_file, _buffer.AsSpan(0, _size), out count);
            if (error == Errno.EINTR)
            {
                _shell.CheckAttention();
                if (_shell.HasPendingTrap)
                {
                    _shell.RunPendingTraps();
                    if (_shell.IsLeaving)
                    {
                        Error = Errno.EINTR;
                        return false;
                    }
                }

                continue;
            }

            Error = error;
            if (error != Errno.None || count == 0)
                return false;
            _end = count;
            if (_seeks)
                _size = Math.Min(_size * 4, _buffer.Length);
            return true;
        }
    }

    private bool AwaitInput()
    {
        object gate = new();
        using IDisposable? watch = _file!.Watch(gate);
        lock (gate)
        {
            while ((_file.Poll() & (PollEvents.Readable | PollEvents.HangUp)) == 0)
            {
                long left = DeadlineMilliseconds - Environment.TickCount64;
                if (left <= 0)
                {
                    Error = Errno.ETIMEDOUT;
                    return false;
                }

                if (_shell.Process.Block(gate, (int)Math.Min(left, 50)) == Errno.EINTR)
                {
                    _shell.CheckAttention();
                    if (_shell.HasPendingTrap)
                    {
                        Error = Errno.EINTR;
                        return false;
                    }
                }
            }
        }

        return true;
    }
}
