namespace PSSandbox.FileSystem;

/// <summary>A caller that may have a controlling terminal: what <c>/dev/tty</c> opens.</summary>
internal interface ITerminalOwner
{
    /// <summary>Gives a description of the controlling terminal, with one reference; null without a terminal (ENXIO).</summary>
    OpenFile? OpenTerminal(OpenFlags flags);

    /// <summary>
    /// To be called before it reads from a terminal, or changes what it shows or how it works: a process in the background of
    /// its own terminal is stopped until it is brought to the foreground.
    /// </summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="reads">Whether it reads (SIGTTIN), not writes or sets modes (SIGTTOU).</param>
    /// <returns>EINTR when the signal is caught; EIO for a read where it is ignored, or where nobody could go on with the process.</returns>
    Errno AwaitForeground(Terminal terminal, bool reads);
}
