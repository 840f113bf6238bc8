namespace PSSandbox.Sandboxes;

/// <summary>How a sandbox is to be made. Text is ordinary .NET text; it is encoded as UTF-8 inside.</summary>
public sealed record SandboxOptions
{
    /// <summary>A name to find it by; null for one made up.</summary>
    public string? Name { get; init; }

    /// <summary>The name that <c>hostname</c> gives.</summary>
    public string HostName { get; init; } = "sandbox";

    /// <summary>Host folders seen inside.</summary>
    public IReadOnlyList<SandboxMount> Mounts { get; init; } = [];

    /// <summary>Environment variables beside the basic ones (PATH, HOME, USER, SHELL, LANG, TERM, PWD).</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where commands begin; made if it is missing.</summary>
    public string WorkingDirectory { get; init; } = "/root";

    /// <summary>Free labels to find it by.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The WebAssembly engine: <c>auto</c>, <c>managed</c> or <c>wasmtime</c>.</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>User and group that commands run as, inside.</summary>
    public int UserId { get; init; }

    /// <summary>Group that commands run as, inside.</summary>
    public int GroupId { get; init; }

    /// <summary>What it may use.</summary>
    public SandboxLimits Limits { get; init; } = new();
}
