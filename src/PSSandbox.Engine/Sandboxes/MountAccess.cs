namespace PSSandbox.Sandboxes;

/// <summary>What a sandbox may do with a mounted folder.</summary>
public enum MountAccess
{
    /// <summary>Read only; writing fails with EROFS.</summary>
    ReadOnly,

    /// <summary>Read and write the host's files.</summary>
    ReadWrite,

    /// <summary>Writes stay in the sandbox; the host's files never change.</summary>
    CopyOnWrite,
}
