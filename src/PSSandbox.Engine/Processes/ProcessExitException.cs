namespace PSSandbox.Processes;

/// <summary>Unwinds a guest whose process has ended, by <c>proc_exit</c> or a signal.</summary>
/// <remarks>One per exit that happens deep in a guest; an ordinary return from <c>_start</c> throws nothing.</remarks>
internal sealed class ProcessExitException(int status) : Exception
{
    /// <summary>The exit status, 0 to 255.</summary>
    public int Status { get; } = status;
}
