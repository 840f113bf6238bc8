namespace PSSandbox.Sandboxes;

/// <summary>The life of a sandbox.</summary>
public enum SandboxStatus
{
    /// <summary>Being made.</summary>
    Creating,

    /// <summary>Made, its first process not yet begun.</summary>
    Starting,

    /// <summary>Ready, or running something.</summary>
    Running,

    /// <summary>All processes stopped by the host.</summary>
    Paused,

    /// <summary>Its processes are being ended.</summary>
    Stopping,

    /// <summary>Nothing runs and nothing can be started.</summary>
    Stopped,

    /// <summary>It could not be made.</summary>
    Failed,

    /// <summary>Gone, its files with it.</summary>
    Destroyed,
}
