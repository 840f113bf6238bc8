namespace PSSandbox.Sandboxes;

/// <summary>How a terminal in a sandbox is opened.</summary>
public sealed record TerminalOptions
{
    /// <summary>What runs on it; by default an interactive shell.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = ["bash", "-i"];

    /// <summary>Environment variables added to the sandbox's.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it begins; null for the sandbox's own. Must exist.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Wall-clock time after which all of it is ended with status 124; zero for none.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>The kind of terminal that the host shows (TERM).</summary>
    public string Kind { get; init; } = "xterm-256color";

    /// <summary>Rows of the window, 1 to 9999.</summary>
    public int Rows { get; init; } = 24;

    /// <summary>Columns of the window, 1 to 9999.</summary>
    public int Columns { get; init; } = 80;
}
