namespace PSSandbox.FileSystem;

/// <summary>What <c>stat</c> tells of a node.</summary>
internal struct FileStatus
{
    /// <summary>Number of the file system it is on.</summary>
    public ulong Device;

    /// <summary>Its number there.</summary>
    public ulong Inode;

    /// <summary>What it is.</summary>
    public FileType Type;

    /// <summary>Permission bits, 0 to 07777.</summary>
    public int Mode;

    /// <summary>Number of names.</summary>
    public int Links;

    /// <summary>Owner.</summary>
    public int UserId;

    /// <summary>Group.</summary>
    public int GroupId;

    /// <summary>For a device: its number, major &lt;&lt; 8 | minor.</summary>
    public ulong RawDevice;

    /// <summary>Length in bytes.</summary>
    public long Size;

    /// <summary>Bytes really held.</summary>
    public long AllocatedBytes;

    /// <summary>Last access, nanoseconds since 1970-01-01 UTC.</summary>
    public long AccessTime;

    /// <summary>Last change of content, nanoseconds since 1970-01-01 UTC.</summary>
    public long ModificationTime;

    /// <summary>Last change of content or status, nanoseconds since 1970-01-01 UTC.</summary>
    public long ChangeTime;
}
