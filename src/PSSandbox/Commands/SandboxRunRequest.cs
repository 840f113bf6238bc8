using PSSandbox.Sandboxes;

namespace PSSandbox.Commands;

/// <summary>What a run cmdlet was asked for.</summary>
internal sealed record SandboxRunRequest
{
    /// <summary>Where; null for a new sandbox.</summary>
    public Sandbox? Sandbox { get; init; }

    /// <summary>The engine of a new sandbox.</summary>
    public required string Engine { get; init; }

    /// <summary>Host folders seen inside while it runs.</summary>
    public required SandboxMount[] Mounts { get; init; }

    /// <summary>What it gives.</summary>
    public required OutputForm Form { get; init; }

    /// <summary>Where standard error goes.</summary>
    public required ErrorForm Errors { get; init; }

    /// <summary>How it runs, streams left out.</summary>
    public required SandboxRunOptions Options { get; init; }
}
