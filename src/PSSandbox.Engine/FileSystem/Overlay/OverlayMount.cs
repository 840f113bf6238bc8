namespace PSSandbox.FileSystem;

/// <summary>
/// A writable view of a tree that is never changed: what is written goes to memory, what is removed is only hidden.
/// </summary>
/// <remarks>
/// Names of a directory are read once, when it is first looked at. A file is copied to memory as a whole with the first
/// write to it, and counted in the account from then on. Hard links of the lower tree are separate files here, as in
/// other overlay file systems; its FIFOs are the sandbox's own, its devices and sockets open nothing.
/// </remarks>
internal static class OverlayMount
{
    /// <summary>Set in the number of every lower node: no node that is made above, nor one of an image, has it.</summary>
    private const ulong InodeMark = 1UL << 55;

    /// <summary>Lays a memory file system over a tree, or over a single file.</summary>
    /// <param name="lower">The root of what is below; a host mount's, for one.</param>
    /// <param name="account">What counts the bytes and inodes above.</param>
    /// <param name="root">The root of the view.</param>
    public static Errno Create(Node lower, StorageAccount account, out Node? root)
    {
        ArgumentNullException.ThrowIfNull(lower);
        root = null;
        Errno errno = Freeze(lower, out FrozenNode? frozen);
        if (errno != Errno.None)
            return errno;
        var memory = frozen is ForeignDirectory directory ? new MemoryFileSystem(account, directory) : new MemoryFileSystem(account, typeName: "overlay");
        root = frozen switch
        {
            ForeignDirectory => memory.Root,
            ForeignFile file => new MemoryFile(memory, file),
            _ => null,
        };
        return root is null ? Errno.ENXIO : Errno.None;
    }

    /// <summary>Describes a node of the lower tree as one of an image. Only links are read at once.</summary>
    internal static Errno Freeze(Node lower, out FrozenNode? frozen)
    {
        frozen = null;
        Errno errno = lower.GetStatus(out FileStatus status);
        if (errno != Errno.None)
            return errno;
        string? target = null;
        if (status.Type == FileType.SymbolicLink && lower.ReadLink(out target) is var failed and not Errno.None)
            return failed;
        frozen = status.Type switch
        {
            FileType.Directory => new ForeignDirectory(lower)
            {
                Inode = status.Inode | InodeMark, Mode = status.Mode, UserId = status.UserId, GroupId = status.GroupId,
                AccessTime = status.AccessTime, ModificationTime = status.ModificationTime, ChangeTime = status.ChangeTime,
            },
            FileType.Regular => new ForeignFile(lower)
            {
                Inode = status.Inode | InodeMark, Mode = status.Mode, UserId = status.UserId, GroupId = status.GroupId,
                AccessTime = status.AccessTime, ModificationTime = status.ModificationTime, ChangeTime = status.ChangeTime,
            },
            _ => new FrozenSpecial(status.Type, target, status.RawDevice)
            {
                Inode = status.Inode | InodeMark, Mode = status.Mode, UserId = status.UserId, GroupId = status.GroupId,
                AccessTime = status.AccessTime, ModificationTime = status.ModificationTime, ChangeTime = status.ChangeTime,
            },
        };
        return Errno.None;
    }
}
