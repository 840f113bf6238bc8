namespace PSSandbox.Sandboxes;

/// <summary>What a run used.</summary>
public sealed record SandboxResourceUsage
{
    /// <summary>CPU time of all its processes.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>Most guest memory at one time, in bytes.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Processes that it started, itself included.</summary>
    public int ProcessCount { get; init; }

    /// <summary>Bytes that the sandbox's own files hold after it.</summary>
    public long StorageBytes { get; init; }
}
