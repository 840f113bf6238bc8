namespace PSSandbox.FileSystem;

/// <summary>What an open file is ready for (POSIX <c>poll</c>).</summary>
[Flags]
internal enum PollEvents
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A read would not block.</summary>
    Readable = 1,

    /// <summary>A write would not block.</summary>
    Writable = 4,

    /// <summary>An error is pending: a pipe without readers.</summary>
    Error = 8,

    /// <summary>The other end is closed.</summary>
    HangUp = 16,
}
