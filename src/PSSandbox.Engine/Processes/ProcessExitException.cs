namespace PSSandbox.Processes;

/// <summary>Unwinds to the outermost frame of a process that has ended, by <c>exit</c> deep inside or by a signal.</summary>
/// <remarks>Rare: an ordinary return from a program throws nothing.</remarks>
internal sealed class ProcessExitException(WaitStatus status) : Exception
{
    /// <summary>How it ended.</summary>
    public WaitStatus Status { get; } = status;
}
