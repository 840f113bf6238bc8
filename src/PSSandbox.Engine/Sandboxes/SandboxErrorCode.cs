namespace PSSandbox.Sandboxes;

/// <summary>What can go wrong for the host of a sandbox; the names are stable.</summary>
public enum SandboxErrorCode
{
    /// <summary>No sandbox of that name or id.</summary>
    SandboxNotFound,

    /// <summary>The name is taken.</summary>
    SandboxExists,

    /// <summary>It is stopped or destroyed.</summary>
    SandboxNotRunning,

    /// <summary>It is doing something that excludes this.</summary>
    SandboxBusy,

    /// <summary>A limit does not allow it.</summary>
    SandboxLimitExceeded,

    /// <summary>It could not be made.</summary>
    SandboxInitFailed,

    /// <summary>A file or folder does not exist.</summary>
    FileNotFound,

    /// <summary>An operation on a file failed.</summary>
    FileOperationFailed,

    /// <summary>A host folder cannot be mounted.</summary>
    MountFailed,

    /// <summary>No process of that id.</summary>
    ProcessNotFound,

    /// <summary>An option has a value that it cannot have.</summary>
    InvalidOption,

    /// <summary>The WebAssembly userland or engine is not there.</summary>
    RuntimeMissing,
}
