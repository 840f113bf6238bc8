using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

// Terminals.
public sealed partial class Sandbox
{
    private const string TerminalPrompt = @"\[\e[32m\]\u@\h\[\e[0m\]:\[\e[34m\]\w\[\e[0m\]\$ ";

    /// <summary>Opens a terminal with an interactive shell, or another program, on it.</summary>
    /// <param name="show">Shows bytes, in order; called on whichever thread writes. What it throws is taken as the end of the host's side.</param>
    /// <param name="options">How.</param>
    /// <exception cref="SandboxException">SandboxNotRunning, SandboxLimitExceeded, FileNotFound, InvalidOption.</exception>
    public TerminalSession OpenTerminal(Action<ReadOnlyMemory<byte>> show, TerminalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(show);
        options ??= new TerminalOptions();
        var environment = new Dictionary<string, string> { ["TERM"] = options.Kind };
        if (!Options.Environment.ContainsKey("PS1"))
            environment["PS1"] = TerminalPrompt;
        foreach ((string name, string value) in options.Environment)
            environment[name] = value;
        var terminal = new PseudoTerminal(show) { Size = TerminalSession.Bound(options.Rows, options.Columns) };
        var run = new SandboxRunOptions
        {
            Environment = environment,
            WorkingDirectory = options.WorkingDirectory,
            Timeout = options.Timeout,
            Capture = false,
        };
        return new TerminalSession(terminal, Launch(Prepare(Encode(options.Arguments), run, terminal)));
    }
}
