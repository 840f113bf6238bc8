namespace PSSandbox.FileSystem;

/// <summary>Figures of a sandbox as <c>/proc</c> shows them.</summary>
internal readonly record struct SystemFigures
{
    /// <summary>Time since the sandbox was made.</summary>
    public required TimeSpan Uptime { get; init; }

    /// <summary>CPU time of all processes, ended ones included.</summary>
    public required TimeSpan CpuTime { get; init; }

    /// <summary>Processors that its processes run on.</summary>
    public required int Processors { get; init; }

    /// <summary>Bytes of memory that it may use.</summary>
    public required long MemoryTotal { get; init; }

    /// <summary>Bytes of memory in use.</summary>
    public required long MemoryUsed { get; init; }

    /// <summary>Processes that run or could.</summary>
    public required int Running { get; init; }

    /// <summary>All processes.</summary>
    public required int Processes { get; init; }

    /// <summary>Greatest process id.</summary>
    public required int MaxProcessId { get; init; }

    /// <summary>The id given last.</summary>
    public required int LastProcessId { get; init; }
}
