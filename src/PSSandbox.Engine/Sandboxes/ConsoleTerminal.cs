using System.Runtime.InteropServices;

namespace PSSandbox.Sandboxes;

/// <summary>
/// Shows a sandbox's terminal on the console of this process: the console is raw while that lasts, keys go in, output
/// comes out, the window's size is followed. The console is given back as it was whatever happens.
/// </summary>
public static class ConsoleTerminal
{
    /// <summary>Whether this process has a console: standard input and output are a terminal.</summary>
    public static bool IsAvailable => OperatingSystem.IsWindows() ? WindowsConsole.IsTerminal : UnixConsole.IsTerminal;

    /// <summary>Opens a terminal in a sandbox and shows it until the shell on it ends.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="options">How; size and kind are the console's.</param>
    /// <param name="cancellation">Ends the shell, and all that it started, at once.</param>
    /// <returns>How the shell ended.</returns>
    /// <exception cref="SandboxException">SandboxNotRunning, SandboxLimitExceeded, FileNotFound.</exception>
    public static SandboxResult Run(Sandbox sandbox, TerminalOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        using IHostConsole console = OperatingSystem.IsWindows() ? new WindowsConsole() : new UnixConsole();
        (int rows, int columns) = console.Size;
        options = (options ?? new TerminalOptions()) with { Rows = rows, Columns = columns };
        if (Environment.GetEnvironmentVariable("TERM") is { Length: > 0 and < 64 } kind)
            options = options with { Kind = kind };

        void Restore(object? sender, EventArgs e) => console.LeaveRawMode();
        AppDomain.CurrentDomain.ProcessExit += Restore;
        AppDomain.CurrentDomain.UnhandledException += Restore;
        try
        {
            console.EnterRawMode();
            using TerminalSession session = sandbox.OpenTerminal(bytes => console.Write(bytes.Span), options);
            return Attend(console, session, cancellation);
        }
        finally
        {
            console.LeaveRawMode();
            AppDomain.CurrentDomain.ProcessExit -= Restore;
            AppDomain.CurrentDomain.UnhandledException -= Restore;
        }
    }

    private static SandboxResult Attend(IHostConsole console, TerminalSession session, CancellationToken cancellation)
    {
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, HangUp);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, HangUp);
        console.Resized += FollowSize;
        var keyboard = new Thread(() => PassKeys(console, session)) { IsBackground = true, Name = "keyboard" };
        keyboard.Start();
        try
        {
            FollowSize();
            return session.Wait(cancellation);
        }
        finally
        {
            console.Resized -= FollowSize;
            console.StopReading();
            keyboard.Join();
        }

        void FollowSize()
        {
            (int rows, int columns) = console.Size;
            session.Resize(rows, columns);
        }

        void HangUp(PosixSignalContext context)
        {
            context.Cancel = true;
            session.HangUp();
        }
    }

    private static void PassKeys(IHostConsole console, TerminalSession session)
    {
        byte[] buffer = new byte[4096];
        while (console.Read(buffer) is > 0 and int count)
            session.Type(buffer.AsSpan(0, count));
        if (!session.Process.HasExited)
            session.HangUp();
    }
}
