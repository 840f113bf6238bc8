namespace PSSandbox.FileSystem;

/// <summary>The programs' side of a terminal.</summary>
internal sealed class TerminalFile(PseudoTerminal terminal, OpenFlags flags) : OpenFile(null, flags)
{
    /// <inheritdoc/>
    public override Terminal Terminal => terminal;

    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = 0;
        if (!CanRead)
            return Errno.EBADF;
        if (buffer.Length == 0)
            return Errno.None;
        Errno error = (caller as ITerminalOwner)?.AwaitForeground(terminal, reads: true) ?? Errno.None;
        return error != Errno.None ? error : terminal.Read(buffer, (Flags & OpenFlags.NonBlocking) == 0, caller, out count);
    }

    /// <inheritdoc/>
    public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = 0;
        if (!CanWrite)
            return Errno.EBADF;
        Errno error = terminal.StopsBackgroundWriters ? (caller as ITerminalOwner)?.AwaitForeground(terminal, reads: false) ?? Errno.None : Errno.None;
        if (error != Errno.None)
            return error;
        error = terminal.Write(buffer);
        if (error == Errno.None)
            count = buffer.Length;
        return error;
    }

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        status = new FileStatus { Type = FileType.CharacterDevice, Mode = 0x190, Links = 1, Inode = 3, RawDevice = 0x8800 };
        return Errno.None;
    }

    /// <inheritdoc/>
    public override PollEvents Poll() => (terminal.HasInput ? PollEvents.Readable : PollEvents.None) | PollEvents.Writable;

    /// <inheritdoc/>
    public override IDisposable Watch(object gate) => new Watcher(terminal, gate);

    private sealed class Watcher : IDisposable
    {
        private readonly PseudoTerminal _terminal;
        private readonly object _gate;

        public Watcher(PseudoTerminal terminal, object gate)
        {
            _terminal = terminal;
            _gate = gate;
            terminal.Watch(gate);
        }

        public void Dispose() => _terminal.Unwatch(_gate);
    }
}
