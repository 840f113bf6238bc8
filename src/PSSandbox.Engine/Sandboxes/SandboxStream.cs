namespace PSSandbox.Sandboxes;

/// <summary>Which of a process's streams bytes came from.</summary>
public enum SandboxStream
{
    /// <summary>Descriptor 1.</summary>
    Output,

    /// <summary>Descriptor 2.</summary>
    Error,
}
