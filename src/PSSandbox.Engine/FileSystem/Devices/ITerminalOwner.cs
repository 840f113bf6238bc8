namespace PSSandbox.FileSystem;

/// <summary>A caller that may have a controlling terminal: what <c>/dev/tty</c> opens.</summary>
internal interface ITerminalOwner
{
    /// <summary>Gives a description of the controlling terminal, with one reference; null without a terminal (ENXIO).</summary>
    OpenFile? OpenTerminal(OpenFlags flags);
}
