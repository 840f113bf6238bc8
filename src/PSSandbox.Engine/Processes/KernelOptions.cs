namespace PSSandbox.Processes;

/// <summary>The bounds of one kernel. A limit of 0 is none.</summary>
internal sealed record KernelOptions
{
    /// <summary>The name that <c>uname -n</c> gives.</summary>
    public string HostName { get; init; } = "sandbox";

    /// <summary>Most processes at one time, zombies included (EAGAIN).</summary>
    public int MaxProcesses { get; init; } = 1024;

    /// <summary>Descriptors of a process are below this number (EMFILE).</summary>
    public int MaxDescriptors { get; init; } = 1024;

    /// <summary>Most bytes of guest memory, shell variables and buffers together (ENOMEM, status 137).</summary>
    public long MaxMemoryBytes { get; init; } = 512L << 20;

    /// <summary>Most CPU time of all processes together; zero for none.</summary>
    public TimeSpan MaxCpuTime { get; init; }

    /// <summary>Most WebAssembly instructions of one program.</summary>
    public long MaxFuel { get; init; }
}
