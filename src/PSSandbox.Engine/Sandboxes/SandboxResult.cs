using System.Text;
using PSSandbox.Processes;

namespace PSSandbox.Sandboxes;

/// <summary>What came of a command.</summary>
public sealed class SandboxResult
{
    private readonly OutputLog? _log;

    internal SandboxResult(OutputLog? log) => _log = log;

    /// <summary>
    /// Exit status: the command's own; 124 for the time limit, 137 killed or out of memory, 126 found but not runnable,
    /// 127 not found, 128 + n for signal n, 2 for a syntax error.
    /// </summary>
    public int ExitCode { get; internal init; }

    /// <summary>Whether the status is 0.</summary>
    public bool Success => ExitCode == 0;

    /// <summary>Standard output, decoded as UTF-8.</summary>
    public string Stdout => Encoding.UTF8.GetString(StdoutBytes);

    /// <summary>Standard error, decoded as UTF-8.</summary>
    public string Stderr => Encoding.UTF8.GetString(StderrBytes);

    /// <summary>Both, in the order in which they were written, decoded as UTF-8.</summary>
    public string Combined => Encoding.UTF8.GetString(CombinedBytes);

    /// <summary>Standard output as it was written.</summary>
    public byte[] StdoutBytes => _log?.Collect(SandboxStream.Output) ?? [];

    /// <summary>Standard error as it was written.</summary>
    public byte[] StderrBytes => _log?.Collect(SandboxStream.Error) ?? [];

    /// <summary>Both, in the order in which they were written, as they were written.</summary>
    public byte[] CombinedBytes => _log?.Collect(null) ?? [];

    /// <summary>Whether output was dropped because it passed the limit.</summary>
    public bool OutputTruncated => _log is { LostBytes: > 0 };

    /// <summary>When it began.</summary>
    public DateTimeOffset StartTime { get; internal init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset EndTime { get; internal init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>What it used.</summary>
    public SandboxResourceUsage ResourceUsage { get; internal init; } = new();

    /// <summary>Its process id inside.</summary>
    public int ProcessId { get; internal init; }

    /// <summary>Whether the time limit ended it.</summary>
    public bool TimedOut { get; internal init; }

    /// <summary>Whether the caller ended it.</summary>
    public bool Canceled { get; internal init; }

    /// <summary>What the sandbox refused while it ran.</summary>
    public IReadOnlyList<Violation> Violations { get; internal init; } = [];

    /// <summary>Name of the sandbox.</summary>
    public string Sandbox { get; internal init; } = "";
}
