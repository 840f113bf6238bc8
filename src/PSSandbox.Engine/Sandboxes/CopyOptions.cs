namespace PSSandbox.Sandboxes;

/// <summary>How files are copied between the host and a sandbox.</summary>
public sealed record CopyOptions
{
    /// <summary>Whether a folder is copied with all that is in it; else a folder is refused.</summary>
    public bool Recurse { get; init; }

    /// <summary>Whether files that may not be written, and links and files where something else comes, are replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Told again and again, on the thread that copies.</summary>
    public Action<CopyProgress>? Progress { get; init; }

    /// <summary>Gets what could not be copied, and the rest goes on; without it the first ends the copy.</summary>
    public Action<SandboxException>? Failed { get; init; }
}
