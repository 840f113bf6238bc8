using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

// Its controlling terminal, and who may use it (POSIX 11.1.4, terminal access control).
internal sealed partial class Process : ITerminalOwner
{
    /// <summary>The session's terminal; null without one.</summary>
    public Terminal? ControllingTerminal { get; set; }

    /// <inheritdoc/>
    public OpenFile? OpenTerminal(OpenFlags flags) => (ControllingTerminal as PseudoTerminal)?.Open(flags);

    /// <inheritdoc/>
    public Errno AwaitForeground(Terminal terminal, bool reads)
    {
        while (terminal == ControllingTerminal && terminal.ForegroundGroup > 0 && terminal.ForegroundGroup != GroupId)
        {
            Signal signal = reads ? Signal.TTIN : Signal.TTOU;
            bool ignored = GetDisposition(signal) == SignalDisposition.Ignore;
            if (ignored && !reads)
                return Errno.None;
            if (ignored || IsGroupOrphaned())
                return Errno.EIO;
            Kernel.Kill(this, -GroupId, signal);
            if (CheckSignals())
                return Errno.EINTR;
        }

        return Errno.None;
    }

    /// <summary>Whether no parent of the group's is there to go on with it when it stops (POSIX 3.260).</summary>
    private bool IsGroupOrphaned()
    {
        foreach (Process member in Kernel.Processes)
        {
            if (member.GroupId == GroupId && member.Parent is { Program: not null } parent && parent.SessionId == SessionId && parent.GroupId != GroupId)
                return false;
        }

        return true;
    }
}
