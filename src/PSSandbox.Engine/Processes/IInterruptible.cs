namespace PSSandbox.Processes;

/// <summary>Something that runs for a process and must be told to look at <see cref="Process.Attention"/>.</summary>
internal interface IInterruptible
{
    /// <summary>From any thread: look soon.</summary>
    void Interrupt();
}
