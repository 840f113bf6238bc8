namespace PSSandbox.FileSystem;

/// <summary>What <c>statvfs</c> tells of a file system.</summary>
internal struct FileSystemStatus
{
    /// <summary>Its type as /proc/mounts names it.</summary>
    public string TypeName;

    /// <summary>Magic number of the type, as <c>f_type</c> has it.</summary>
    public ulong Magic;

    /// <summary>Unit of the block counts, in bytes.</summary>
    public long BlockSize;

    /// <summary>Capacity in blocks.</summary>
    public long Blocks;

    /// <summary>Free blocks.</summary>
    public long FreeBlocks;

    /// <summary>Capacity in nodes.</summary>
    public long Nodes;

    /// <summary>Free nodes.</summary>
    public long FreeNodes;
}
