namespace PSSandbox.Sandboxes;

/// <summary>Something that a sandbox could not do for its host.</summary>
public sealed class SandboxException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="code">A stable word for what went wrong.</param>
    /// <param name="message">A sentence that names what and where.</param>
    /// <param name="inner">What caused it.</param>
    public SandboxException(SandboxErrorCode code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>What went wrong.</summary>
    public SandboxErrorCode Code { get; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool Retryable => Code is SandboxErrorCode.SandboxLimitExceeded or SandboxErrorCode.SandboxBusy;
}
