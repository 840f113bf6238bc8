namespace PSSandbox.Sandboxes;

/// <summary>What a sandbox may use. Zero means no limit.</summary>
public sealed record SandboxLimits
{
    /// <summary>Memory of all guests together: WebAssembly memories, shell variables, buffers; in bytes.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>Processes at one time.</summary>
    public int Processes { get; init; } = 512;

    /// <summary>Descriptors of one process.</summary>
    public int Descriptors { get; init; } = 1024;

    /// <summary>Bytes in the sandbox's own files (mounted host folders not counted).</summary>
    public long StorageBytes { get; init; } = 512L << 20;

    /// <summary>Files, directories and links in the sandbox's own file system.</summary>
    public int Inodes { get; init; } = 200_000;

    /// <summary>CPU time of all processes together.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>
    /// WebAssembly instructions of one program, counted anew for each that is started. Unlike time, the count is the same
    /// on every run with the same input, on one engine. Code that counts runs slower. The shell's own work is not counted.
    /// </summary>
    public long Fuel { get; init; }

    /// <summary>Bytes of output kept for one run; what comes after is dropped, and said so.</summary>
    public long OutputBytes { get; init; } = 64L << 20;
}
