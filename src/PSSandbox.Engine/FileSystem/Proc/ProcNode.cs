namespace PSSandbox.FileSystem;

/// <summary>Something in /proc. Nothing there can be made, renamed or removed.</summary>
internal abstract class ProcNode(ProcFileSystem fileSystem, ulong inode, int mode, Credentials owner) : Node
{
    /// <summary>The file system that it is on.</summary>
    protected ProcFileSystem FileSystem => fileSystem;

    /// <summary>Its number.</summary>
    public ulong Inode => inode;

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        long now = Timestamp.Now;
        status = new FileStatus
        {
            Device = ProcFileSystem.Device,
            Inode = inode,
            Type = Type,
            Mode = mode,
            Links = Type == FileType.Directory ? 2 : 1,
            UserId = owner.UserId,
            GroupId = owner.GroupId,
            AccessTime = now,
            ModificationTime = now,
            ChangeTime = now,
        };
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno GetFileSystemStatus(out FileSystemStatus status)
    {
        status = new FileSystemStatus { TypeName = "proc", Magic = 0x9fa0, BlockSize = 4096 };
        return Errno.None;
    }
}
