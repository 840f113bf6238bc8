namespace PSSandbox.Wasm.Caching;

/// <summary>What can be said of a file before it is read.</summary>
internal enum FileTrust
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It is no plain file, another user's, or writable by others.</summary>
    Foreign,

    /// <summary>A plain file that only the current user can have written.</summary>
    Trusted,
}
