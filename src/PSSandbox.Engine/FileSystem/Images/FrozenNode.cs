namespace PSSandbox.FileSystem;

/// <summary>A node of an <see cref="Image"/>: never changes, shared by every file system over that image.</summary>
internal abstract class FrozenNode
{
    private protected FrozenNode()
    {
    }

    private protected FrozenNode(MemoryNode node)
    {
        Inode = node.Inode;
        Mode = node.Mode;
        UserId = node.UserId;
        GroupId = node.GroupId;
        Links = node.Links;
        AccessTime = node.AccessTime;
        ModificationTime = node.ModificationTime;
        ChangeTime = node.ChangeTime;
    }

    /// <summary>What it is.</summary>
    public abstract FileType Type { get; }

    /// <summary>Its number.</summary>
    public ulong Inode { get; init; }

    /// <summary>Permission bits.</summary>
    public int Mode { get; init; }

    /// <summary>Owner.</summary>
    public int UserId { get; init; }

    /// <summary>Group.</summary>
    public int GroupId { get; init; }

    /// <summary>Number of names.</summary>
    public int Links { get; init; } = 1;

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long AccessTime { get; init; }

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long ModificationTime { get; init; }

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long ChangeTime { get; init; }
}
