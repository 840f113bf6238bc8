using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

/// <summary>A process as /proc shows it.</summary>
internal sealed class ProcessView(Process process) : IProcessView
{
    /// <inheritdoc/>
    public int Id => process.Id;

    /// <inheritdoc/>
    public int ParentId => process.Parent?.Id ?? 0;

    /// <inheritdoc/>
    public int GroupId => process.GroupId;

    /// <inheritdoc/>
    public int SessionId => process.SessionId;

    /// <inheritdoc/>
    public Credentials User => process.User;

    /// <summary>
    /// One letter. Init, which only waits for orphans, sleeps, and so does what was made and has not begun.
    /// </summary>
    public char State => process.State switch
    {
        ProcessState.Running => 'R',
        ProcessState.Stopped => 'T',
        ProcessState.Zombie or ProcessState.Reaped => 'Z',
        _ => 'S',
    };

    /// <inheritdoc/>
    public int Nice => process.Nice;

    /// <inheritdoc/>
    public int UMask => process.UMask;

    /// <inheritdoc/>
    public string[] Arguments => process.Arguments;

    /// <inheritdoc/>
    public string[] Environment => process.Environment;

    /// <inheritdoc/>
    public string ExecutablePath => process.ExecutablePath;

    /// <inheritdoc/>
    public Node WorkingDirectory => process.WorkingDirectory;

    /// <inheritdoc/>
    public Node Root => process.Root;

    /// <inheritdoc/>
    public TimeSpan StartTime => process.StartTime;

    /// <inheritdoc/>
    public TimeSpan CpuTime => process.CpuTime;

    /// <inheritdoc/>
    public TimeSpan ChildrenCpuTime => process.ChildrenCpuTime;

    /// <inheritdoc/>
    public long MemoryBytes => process.MemoryBytes;

    /// <inheritdoc/>
    public long PeakMemoryBytes => process.PeakMemoryBytes;

    /// <inheritdoc/>
    public (ulong Pending, ulong Ignored, ulong Caught) Signals => (process.PendingSignals, process.IgnoredSignals, process.CaughtSignals);

    /// <inheritdoc/>
    public Terminal? Terminal => process.ControllingTerminal;

    /// <inheritdoc/>
    public int ExitCode => process.State is ProcessState.Zombie or ProcessState.Reaped ? process.ExitStatus.Encoded : 0;

    /// <inheritdoc/>
    public int[] Descriptors => process.Descriptors.Open();

    /// <inheritdoc/>
    public (long Soft, long Hard) GetLimit(int resource)
    {
        ResourceLimit limit = process.Limits[(Resource)resource];
        return (limit.Soft, limit.Hard);
    }

    /// <inheritdoc/>
    public OpenFile? OpenDescriptor(int descriptor) =>
        process.Descriptors[descriptor] is { } file && file.TryAddReference() ? file : null;
}
