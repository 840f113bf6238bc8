namespace PSSandbox.Sandboxes;

/// <summary>How one command runs in a sandbox.</summary>
public sealed record SandboxRunOptions
{
    /// <summary>Environment variables added to the sandbox's.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it begins; null for the sandbox's own. Must exist.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Wall-clock time after which it is ended with status 124; zero for none.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Its standard input; null for an empty one.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>Standard input that the host writes while it runs; in place of <see cref="StandardInput"/>.</summary>
    public InputQueue? Input { get; init; }

    /// <summary>Takes the output, and gives the input unless one of the others does; in place of <see cref="OnOutput"/>.</summary>
    public RunChannel? Channel { get; init; }

    /// <summary>
    /// Called for everything it writes, in order, on the writing process's thread. An <see cref="IOException"/> from it closes that
    /// stream for the writers (SIGPIPE); anything else that it throws ends the run and is thrown again by who waits for it.
    /// </summary>
    public Action<SandboxOutput>? OnOutput { get; init; }

    /// <summary>Whether the result holds the output. Turn off where <see cref="OnOutput"/> suffices.</summary>
    public bool Capture { get; init; } = true;

    /// <summary>At the limit of the captured output: drop the oldest (for one that is followed) instead of the newest.</summary>
    public bool KeepNewestOutput { get; init; }

    /// <summary>Whether the sandbox keeps the process, so that it is found by its id (<see cref="Sandbox.GetStartedProcess"/>).</summary>
    public bool Keep { get; init; }

    /// <summary>The shell that a script runs in: <c>sh</c>, <c>ash</c>, <c>dash</c> or <c>bash</c>.</summary>
    public string Shell { get; init; } = "bash";

    /// <summary>The script's <c>$0</c>; null for the shell's name.</summary>
    public string? ScriptName { get; init; }

    /// <summary>The script's <c>$1</c> and so on.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
