namespace PSSandbox.FileSystem;

/// <summary>
/// A terminal whose keyboard and screen are the host's: what the host types goes through the line discipline (POSIX 11.1)
/// to the programs; what they write goes to the host, in order.
/// </summary>
internal sealed class PseudoTerminal : Terminal
{
    private const int MaxLine = 4096;
    private const int SignalInterrupt = 2, SignalQuit = 3, SignalStop = 20, SignalWindow = 28, SignalHangUp = 1;

    private readonly object _gate = new();
    private readonly Lock _screen = new();
    private readonly TerminalModes _modes = new();
    private readonly Action<ReadOnlyMemory<byte>> _output;
    private readonly List<byte> _line = [];
    private readonly Queue<byte> _ready = new();
    private readonly Queue<int> _lineEnds = new();
    private readonly List<object> _watchers = [];
    private readonly LineStart _lineStart = new();
    private bool _hungUp;

    /// <summary>Makes a terminal.</summary>
    /// <param name="output">Shows bytes; called under a lock, so that their order is kept.</param>
    public PseudoTerminal(Action<ReadOnlyMemory<byte>> output) => _output = output;

    /// <summary>Sends a signal to a process group; set by the kernel that the terminal is given to.</summary>
    public Action<int, int>? SendSignal { get; set; }

    /// <summary>Whether a background process that writes is stopped (<c>stty tostop</c>).</summary>
    public bool StopsBackgroundWriters
    {
        get
        {
            lock (_gate)
                return _modes.StopBackgroundWriters;
        }
    }

    /// <summary>Whether the host has gone away.</summary>
    public bool HungUp
    {
        get
        {
            lock (_gate)
                return _hungUp;
        }
    }

    /// <summary>Whether a read would give something, or the end.</summary>
    public bool HasInput
    {
        get
        {
            lock (_gate)
                return _hungUp || (_modes.Canonical ? _lineEnds.Count > 0 : _ready.Count > 0);
        }
    }

    /// <inheritdoc/>
    public override bool IsAtLineStart
    {
        get
        {
            lock (_screen)
                return _lineStart.IsAt;
        }
    }

    /// <summary>Opens the programs' side.</summary>
    public OpenFile Open(OpenFlags flags) => new TerminalFile(this, flags);

    /// <inheritdoc/>
    public override void GetAttributes(Span<byte> termios)
    {
        lock (_gate)
            _modes.CopyTo(termios);
    }

    /// <inheritdoc/>
    public override Errno SetAttributes(ReadOnlySpan<byte> termios)
    {
        if (termios.Length < TerminalModes.Length)
            return Errno.EINVAL;
        lock (_gate)
        {
            bool canonical = _modes.Canonical;
            _modes.CopyFrom(termios);
            if (canonical && !_modes.Canonical)
                ReleaseLine();
            else if (!canonical && _modes.Canonical)
                CollectLines();
            Changed();
        }

        NotifyWatchers();
        return Errno.None;
    }

    /// <summary>From the host: the window has another size.</summary>
    public void Resize(int rows, int columns)
    {
        if (Size == (rows, columns))
            return;
        Size = (rows, columns);
        Signal(SignalWindow);
    }

    /// <summary>From the host: nobody will type any more. Programs read the end of file and get SIGHUP.</summary>
    public void HangUp()
    {
        lock (_gate)
        {
            _hungUp = true;
            Changed();
        }

        NotifyWatchers();
        Signal(SignalHangUp);
    }

    /// <summary>From the host: bytes were typed.</summary>
    public void Type(ReadOnlySpan<byte> bytes)
    {
        foreach (byte typed in bytes)
        {
            int signal = 0;
            lock (_gate)
            {
                if (_modes.Signals && typed != 0)
                    signal = typed == _modes.Interrupt ? SignalInterrupt : typed == _modes.Quit ? SignalQuit : typed == _modes.Suspend ? SignalStop : 0;
                if (signal != 0)
                {
                    EchoTyped(typed);
                    Discard();
                }
                else if (_modes.Map(typed) is >= 0 and int mapped)
                {
                    Accept((byte)mapped);
                }
            }

            if (signal != 0)
                Signal(signal);
        }

        NotifyWatchers();
    }

    /// <summary>Reads typed bytes: in canonical mode one line at the most.</summary>
    internal Errno Read(Span<byte> buffer, bool block, IBlockingCaller? caller, out int count)
    {
        count = 0;
        lock (_gate)
        {
            while (true)
            {
                if (_modes.Canonical ? _lineEnds.Count > 0 : _ready.Count >= Math.Max(1, (int)_modes.Minimum) || _ready.Count > 0 && _modes.Minimum == 0)
                    break;
                if (_hungUp)
                    return Errno.None;
                bool poll = !_modes.Canonical && _modes.Minimum == 0;
                if (!block || poll && _modes.Time == 0)
                    return block ? Errno.None : Errno.EAGAIN;
                Errno error = caller is null
                    ? Monitor.Wait(_gate, poll ? _modes.Time * 100 : -1) ? Errno.None : Errno.ETIMEDOUT
                    : caller.Block(_gate, poll ? _modes.Time * 100 : -1);
                if (error == Errno.EINTR)
                    return error;
                if (error == Errno.ETIMEDOUT && poll)
                    return Errno.None;
            }

            int limit = _modes.Canonical ? _lineEnds.Peek() : _ready.Count;
            count = Math.Min(buffer.Length, limit);
            for (int i = 0; i < count; i++)
                buffer[i] = _ready.Dequeue();
            if (_modes.Canonical)
                TakeFromLine(count);
            return Errno.None;
        }
    }

    /// <summary>Shows bytes that a program wrote.</summary>
    internal Errno Write(ReadOnlySpan<byte> bytes)
    {
        if (HungUp)
            return Errno.EIO;
        bool convert;
        lock (_gate)
            convert = _modes.NewlineToCrNl;
        Show(bytes, convert);
        return Errno.None;
    }

    /// <summary>Has a gate pulsed when there is input.</summary>
    internal void Watch(object gate)
    {
        lock (_gate)
            _watchers.Add(gate);
    }

    /// <summary>Ends <see cref="Watch"/>.</summary>
    internal void Unwatch(object gate)
    {
        lock (_gate)
            _watchers.Remove(gate);
    }

    private void Accept(byte typed)
    {
        if (!_modes.Canonical)
        {
            _ready.Enqueue(typed);
            EchoTyped(typed);
            Changed();
            return;
        }

        if (typed == _modes.Erase || typed == 8)
            EraseCharacter();
        else if (typed == _modes.KillLine)
            while (_line.Count > 0)
                EraseCharacter();
        else if (typed == _modes.EraseWord)
            EraseLastWord();
        else if (typed == _modes.EndOfFile)
            EndLine();
        else if (typed == '\n')
        {
            _line.Add(typed);
            EchoTyped(typed);
            EndLine();
        }
        else if (_line.Count < MaxLine - 1)
        {
            _line.Add(typed);
            EchoTyped(typed);
        }
    }

    private void EndLine()
    {
        foreach (byte b in _line)
            _ready.Enqueue(b);
        _lineEnds.Enqueue(_line.Count);
        _line.Clear();
        Changed();
    }

    private void ReleaseLine()
    {
        foreach (byte b in _line)
            _ready.Enqueue(b);
        _line.Clear();
        _lineEnds.Clear();
    }

    /// <summary>What was typed ahead while there were no lines becomes lines, and an unfinished one that can be edited.</summary>
    private void CollectLines()
    {
        int count = _ready.Count;
        for (int i = 0; i < count; i++)
        {
            byte typed = _ready.Dequeue();
            _line.Add(typed);
            if (typed == '\n')
                EndLine();
        }
    }

    /// <summary>The first line has lost bytes to a reader; an empty one (end of file) or a finished one goes.</summary>
    private void TakeFromLine(int count)
    {
        int left = _lineEnds.Dequeue() - count;
        if (left <= 0)
            return;
        int[] rest = [left, .. _lineEnds];
        _lineEnds.Clear();
        foreach (int length in rest)
            _lineEnds.Enqueue(length);
    }

    private void Discard()
    {
        _line.Clear();
        _ready.Clear();
        _lineEnds.Clear();
    }

    private void EraseLastWord()
    {
        while (_line.Count > 0 && _line[^1] == ' ')
            EraseCharacter();
        while (_line.Count > 0 && _line[^1] != ' ')
            EraseCharacter();
    }

    private void EraseCharacter()
    {
        if (_line.Count == 0)
            return;
        int width = _line[^1] < 32 && _modes.EchoControl ? 2 : 1;
        while (_line.Count > 1 && (_line[^1] & 0xc0) == 0x80)
            _line.RemoveAt(_line.Count - 1);
        _line.RemoveAt(_line.Count - 1);
        if (!_modes.Echo || !_modes.EchoErase)
            return;
        for (int i = 0; i < width; i++)
            Show("\b \b"u8, false);
    }

    private void EchoTyped(byte typed)
    {
        if (typed == '\n' ? !(_modes.Echo || _modes.EchoNewline) : !_modes.Echo)
            return;
        if (_modes.EchoControl && (typed < 32 && typed is not ((byte)'\n' or (byte)'\t') || typed == 127))
            Show([(byte)'^', (byte)(typed ^ 64)], false);
        else
            Show([typed], _modes.NewlineToCrNl);
    }

    private void Show(ReadOnlySpan<byte> bytes, bool convert)
    {
        lock (_screen)
        {
            _lineStart.Follow(bytes);
            if (!convert || !bytes.Contains((byte)'\n'))
            {
                _output(bytes.ToArray());
                return;
            }

            var converted = new List<byte>(bytes.Length + 16);
            foreach (byte b in bytes)
            {
                if (b == '\n')
                    converted.Add((byte)'\r');
                converted.Add(b);
            }

            _output(converted.ToArray());
        }
    }

    private void Changed() => Monitor.PulseAll(_gate);

    /// <summary>Tells who polls. Not under the terminal's own lock: a poller holds its gate while it asks here.</summary>
    private void NotifyWatchers()
    {
        object[] watchers;
        lock (_gate)
        {
            if (_watchers.Count == 0)
                return;
            watchers = [.. _watchers];
        }

        foreach (object watcher in watchers)
        {
            lock (watcher)
                Monitor.PulseAll(watcher);
        }
    }

    private void Signal(int signal)
    {
        if (ForegroundGroup > 0)
            SendSignal?.Invoke(ForegroundGroup, signal);
    }
}
