namespace PSSandbox.FileSystem;

/// <summary>What the host tells of one of its files, without owner: that says nothing inside a sandbox.</summary>
internal readonly record struct HostStatus
{
    /// <summary>The host's device number.</summary>
    public ulong Device { get; init; }

    /// <summary>The host's inode number; 0 where it cannot be told.</summary>
    public ulong Inode { get; init; }

    /// <summary>What it is.</summary>
    public FileType Type { get; init; }

    /// <summary>Permission bits.</summary>
    public int Mode { get; init; }

    /// <summary>Number of names.</summary>
    public int Links { get; init; }

    /// <summary>Length in bytes.</summary>
    public long Size { get; init; }

    /// <summary>Bytes really held.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long AccessTime { get; init; }

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long ModificationTime { get; init; }

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long ChangeTime { get; init; }

    /// <summary>Whether both tell of the same file.</summary>
    public bool IsSame(in HostStatus other) => Device == other.Device && Inode == other.Inode && Type == other.Type;
}
