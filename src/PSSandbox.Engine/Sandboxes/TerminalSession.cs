using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

/// <summary>
/// A terminal in a sandbox with a shell on it: the host types bytes and shows those that it is given. Safe for use by
/// several threads. Disposing hangs up and ends what was started on it.
/// </summary>
public sealed class TerminalSession : IDisposable
{
    private const int MaxSize = 9999;
    private const int SignalHangUp = 1, SignalContinue = 18;
    private readonly PseudoTerminal _terminal;
    private readonly SandboxProcess _process;

    internal TerminalSession(PseudoTerminal terminal, SandboxProcess process)
    {
        _terminal = terminal;
        _process = process;
    }

    /// <summary>What runs on it first, usually a shell.</summary>
    public SandboxProcess Process => _process;

    /// <summary>The window's size.</summary>
    public (int Rows, int Columns) Size => _terminal.Size;

    /// <summary>Types bytes: keys as a terminal of the session's kind sends them.</summary>
    public void Type(ReadOnlySpan<byte> bytes) => _terminal.Type(bytes);

    /// <summary>Tells of another size of the window: programs get SIGWINCH.</summary>
    /// <param name="rows">Rows, 1 to 9999; others are brought into that range.</param>
    /// <param name="columns">Columns, 1 to 9999.</param>
    public void Resize(int rows, int columns)
    {
        (rows, columns) = Bound(rows, columns);
        _terminal.Resize(rows, columns);
    }

    /// <summary>The host's end is gone: reads give the end of file, and what is in the foreground and the shell get SIGHUP.</summary>
    public void HangUp()
    {
        _terminal.HangUp();
        _process.Signal(SignalHangUp);
        _process.Signal(SignalContinue);
    }

    /// <summary>Waits until the shell has ended.</summary>
    /// <param name="cancellation">Ends it, and all that it started, at once.</param>
    /// <returns>How it went; <see cref="SandboxResult.ExitCode"/> is the shell's exit status.</returns>
    public SandboxResult Wait(CancellationToken cancellation = default) => _process.Wait(cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _terminal.HangUp();
        _process.Kill();
        _process.Dispose();
    }

    /// <summary>The window's size within what a terminal can have.</summary>
    internal static (int Rows, int Columns) Bound(int rows, int columns) => (Math.Clamp(rows, 1, MaxSize), Math.Clamp(columns, 1, MaxSize));
}
