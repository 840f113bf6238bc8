namespace PSSandbox.Sandboxes;

/// <summary>What a sandbox uses now.</summary>
public sealed record SandboxStatistics
{
    /// <summary>Name of the sandbox.</summary>
    public string Sandbox { get; init; } = "";

    /// <summary>When this was measured.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>CPU time of all processes so far.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>Guest memory in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Most guest memory so far, in bytes.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>The limit of guest memory in bytes; 0 for none.</summary>
    public long MemoryLimitBytes { get; init; }

    /// <summary>Guest memory as a percentage of the limit; 0 without a limit.</summary>
    public double MemoryPercent => MemoryLimitBytes == 0 ? 0 : 100.0 * MemoryBytes / MemoryLimitBytes;

    /// <summary>Bytes in its own files.</summary>
    public long StorageBytes { get; init; }

    /// <summary>Processes now.</summary>
    public int ProcessCount { get; init; }

    /// <summary>Open descriptors of all processes.</summary>
    public int DescriptorCount { get; init; }

    /// <summary>How long it has existed.</summary>
    public TimeSpan Uptime { get; init; }
}
