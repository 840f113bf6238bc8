namespace PSSandbox.FileSystem;

/// <summary>What <c>/proc/PID</c> shows of a process. What it gives is of the moment; a process may end at any time.</summary>
internal interface IProcessView
{
    /// <summary>Process id.</summary>
    int Id { get; }

    /// <summary>Its parent's; 0 for none.</summary>
    int ParentId { get; }

    /// <summary>Process group.</summary>
    int GroupId { get; }

    /// <summary>Session.</summary>
    int SessionId { get; }

    /// <summary>User and group.</summary>
    Credentials User { get; }

    /// <summary>State as one letter: R, S, T, Z.</summary>
    char State { get; }

    /// <summary>Nice value, -20 to 19.</summary>
    int Nice { get; }

    /// <summary>File mode creation mask.</summary>
    int UMask { get; }

    /// <summary>Argument vector.</summary>
    string[] Arguments { get; }

    /// <summary>Environment.</summary>
    string[] Environment { get; }

    /// <summary>Path of the file that it executes; may be empty.</summary>
    string ExecutablePath { get; }

    /// <summary>Working directory.</summary>
    Node WorkingDirectory { get; }

    /// <summary>Where its absolute paths begin.</summary>
    Node Root { get; }

    /// <summary>When it was made, since the sandbox was.</summary>
    TimeSpan StartTime { get; }

    /// <summary>CPU time used.</summary>
    TimeSpan CpuTime { get; }

    /// <summary>CPU time of children that were waited for.</summary>
    TimeSpan ChildrenCpuTime { get; }

    /// <summary>Bytes of memory that it uses.</summary>
    long MemoryBytes { get; }

    /// <summary>Most bytes that it ever used.</summary>
    long PeakMemoryBytes { get; }

    /// <summary>Pending, ignored and caught signals as masks: bit n-1 for signal n.</summary>
    (ulong Pending, ulong Ignored, ulong Caught) Signals { get; }

    /// <summary>Its controlling terminal.</summary>
    Terminal? Terminal { get; }

    /// <summary>How it ended, as waitpid gives it; 0 while it has not.</summary>
    int ExitCode { get; }

    /// <summary>Open descriptors, ascending.</summary>
    int[] Descriptors { get; }

    /// <summary>A resource's soft and hard limit; <see cref="long.MaxValue"/> for none.</summary>
    /// <param name="resource">The number of Linux's RLIMIT_ constant, 0 to 15.</param>
    (long Soft, long Hard) GetLimit(int resource);

    /// <summary>What a descriptor refers to, with a reference that the caller gives back; null if it is not open.</summary>
    OpenFile? OpenDescriptor(int descriptor);
}
