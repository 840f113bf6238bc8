namespace PSSandbox.Sandboxes;

/// <summary>One line of a sandbox's process table.</summary>
public sealed record SandboxProcessInfo
{
    /// <summary>Process id.</summary>
    public int Id { get; init; }

    /// <summary>Parent's id.</summary>
    public int ParentId { get; init; }

    /// <summary>Process group.</summary>
    public int GroupId { get; init; }

    /// <summary>User id.</summary>
    public int UserId { get; init; }

    /// <summary>State: Running, Sleeping, Stopped, Zombie.</summary>
    public string State { get; init; } = "";

    /// <summary>CPU time used.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>Guest memory in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Most guest memory so far, in bytes.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Since when it runs, counted from the sandbox's making.</summary>
    public TimeSpan StartTime { get; init; }

    /// <summary>Argument vector, joined by spaces.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>The first argument.</summary>
    public string Name { get; init; } = "";

    /// <summary>Name of the sandbox.</summary>
    public string Sandbox { get; init; } = "";
}
