namespace PSSandbox.Processes;

/// <summary>One limit of a process (POSIX struct rlimit).</summary>
/// <param name="Soft">What is enforced; the process may set it up to the hard limit.</param>
/// <param name="Hard">What the soft limit may be at the most; only root raises it.</param>
internal readonly record struct ResourceLimit(long Soft, long Hard)
{
    /// <summary>No limit (RLIM_INFINITY).</summary>
    public const long Unlimited = long.MaxValue;
}
