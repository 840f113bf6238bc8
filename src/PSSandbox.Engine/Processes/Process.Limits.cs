using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

// Limits of one process (POSIX setrlimit), beside those of the sandbox, which hold whatever is set here.
internal sealed partial class Process
{
    private static readonly TimeSpan ShortestWatch = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWatch = TimeSpan.FromDays(1);

    private long _memoryLimit;
    private long _fileSizeLimit;
    private Deadline? _cpuWatch;

    /// <summary>Its limits.</summary>
    public ResourceLimits Limits { get; private set; }

    /// <summary>Sets a limit (setrlimit). EINVAL for a soft limit above the hard one; EPERM for a hard one raised by who is not root, or above the sandbox's.</summary>
    public Errno SetLimit(Resource resource, ResourceLimit limit)
    {
        if (limit.Soft > limit.Hard || limit.Soft < 0)
            return Errno.EINVAL;
        if (limit.Hard > Limits[resource].Hard && User.UserId != 0)
            return Errno.EPERM;
        if (resource == Resource.OpenFiles && limit.Hard > Kernel.Options.MaxDescriptors)
            return Errno.EPERM;
        TakeLimits(Limits.With(resource, limit));
        if (resource == Resource.OpenFiles)
            Descriptors.Limit = (int)limit.Soft;
        else if (resource == Resource.CpuTime)
            WatchCpuTime();
        return Errno.None;
    }

    /// <summary>Whether a file of its may become that long; if not SIGXFSZ is sent, and EFBIG is the error to give.</summary>
    /// <exception cref="ProcessExitException">The signal ended the process.</exception>
    public Errno CheckFileSize(long length)
    {
        if (length <= _fileSizeLimit)
            return Errno.None;
        Deliver(Signal.XFSZ);
        CheckSignals();
        return Errno.EFBIG;
    }

    private void TakeLimits(ResourceLimits limits)
    {
        Limits = limits;
        _memoryLimit = Math.Min(limits[Resource.AddressSpace].Soft, limits[Resource.Data].Soft);
        // What the sandbox refuses by itself, and records.
        if (_memoryLimit == Kernel.Options.MaxMemoryBytes)
            _memoryLimit = ResourceLimit.Unlimited;
        _fileSizeLimit = limits[Resource.FileSize].Soft;
    }

    /// <summary>Shortens what is to be written to what its limit leaves; EFBIG if that is nothing.</summary>
    private Errno FitFileSize(OpenFile file, ref ReadOnlySpan<byte> bytes)
    {
        if (!file.CanSeek || file.Node is not { Type: FileType.Regular } node || bytes.Length == 0)
            return Errno.None;
        long position;
        Errno error;
        if ((file.Flags & OpenFlags.Append) != 0)
        {
            error = node.GetStatus(out FileStatus status);
            position = status.Size;
        }
        else
        {
            error = file.Seek(0, SeekOrigin.Current, out position);
        }

        if (error != Errno.None)
            return error;
        if (position >= _fileSizeLimit)
            return CheckFileSize(long.MaxValue);
        if (bytes.Length > _fileSizeLimit - position)
            bytes = bytes[..(int)(_fileSizeLimit - position)];
        return Errno.None;
    }

    /// <summary>Looks at the CPU time now and whenever a limit of it may have been reached, until the process ends.</summary>
    private void WatchCpuTime()
    {
        lock (_signalLock)
        {
            _cpuWatch?.Dispose();
            _cpuWatch = null;
            ResourceLimit limit = Limits[Resource.CpuTime];
            if (limit.Soft == ResourceLimit.Unlimited || State is ProcessState.Zombie or ProcessState.Reaped)
                return;
            _cpuWatch = new Deadline(CheckCpuTime, UntilCpuLimit(CpuTime));
        }
    }

    private TimeSpan UntilCpuLimit(TimeSpan used)
    {
        ResourceLimit limit = Limits[Resource.CpuTime];
        double next = used.TotalSeconds < limit.Soft ? limit.Soft : Math.Min(limit.Hard, Math.Floor(used.TotalSeconds) + 1);
        double left = Math.Min(next - used.TotalSeconds, LongestWatch.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Max(left, ShortestWatch.TotalSeconds));
    }

    private void CheckCpuTime()
    {
        TimeSpan used = CpuTime;
        ResourceLimit limit = Limits[Resource.CpuTime];
        if (used.TotalSeconds >= limit.Hard)
            Deliver(Signal.KILL);
        else if (used.TotalSeconds >= limit.Soft)
            Deliver(Signal.XCPU);
        lock (_signalLock)
            _cpuWatch?.Change(UntilCpuLimit(used));
    }
}
