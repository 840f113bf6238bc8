namespace PSSandbox.FileSystem;

/// <summary>
/// A tree that never changes and that any number of <see cref="MemoryFileSystem"/>s lie over, copying what they write
/// to: the base of every sandbox, and what a snapshot is.
/// </summary>
internal sealed class Image
{
    internal Image(FrozenDirectory root, ulong lastInode)
    {
        Root = root;
        LastInode = lastInode;
    }

    internal FrozenDirectory Root { get; }

    /// <summary>The greatest inode number in it.</summary>
    internal ulong LastInode { get; }
}
