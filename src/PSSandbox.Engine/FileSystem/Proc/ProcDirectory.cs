namespace PSSandbox.FileSystem;

/// <summary>A directory of /proc: its entries are made as they are looked up.</summary>
internal abstract class ProcDirectory(ProcFileSystem fileSystem, ProcDirectory? parent, string name, ulong inode, int mode, Credentials owner)
    : ProcNode(fileSystem, inode, mode, owner)
{
    /// <inheritdoc/>
    public sealed override FileType Type => FileType.Directory;

    /// <inheritdoc/>
    public sealed override Node? Parent => parent;

    /// <inheritdoc/>
    public sealed override string Name => name;

    /// <summary>
    /// The entry after a position, 0 being before the first; moves the position on. Null at the end. Positions mean the
    /// same however often the directory is read.
    /// </summary>
    public abstract DirectoryEntry? Next(ref long position);

    /// <inheritdoc/>
    public sealed override Errno Create(ReadOnlySpan<char> name, in NodeCreation creation, out Node? child)
    {
        child = null;
        return Errno.ENOENT;
    }

    /// <inheritdoc/>
    public sealed override Errno Link(ReadOnlySpan<char> name, Node target) => Errno.EXDEV;

    /// <inheritdoc/>
    public sealed override Errno Remove(ReadOnlySpan<char> name, bool directory) => Errno.EPERM;

    /// <inheritdoc/>
    public sealed override Errno Rename(ReadOnlySpan<char> name, Node newParent, ReadOnlySpan<char> newName) =>
        newParent is ProcDirectory ? Errno.EPERM : Errno.EXDEV;

    /// <inheritdoc/>
    public sealed override Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        file = new ProcOpenDirectory(this, flags);
        return Errno.None;
    }

    private sealed class ProcOpenDirectory(ProcDirectory directory, OpenFlags flags) : OpenFile(directory, flags)
    {
        public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count)
        {
            count = 0;
            return Errno.EISDIR;
        }

        public override Errno ReadDirectory(ref long cookie, out DirectoryEntry? entry)
        {
            if (cookie <= 0)
            {
                cookie = 1;
                entry = new DirectoryEntry(".", directory.Inode, FileType.Directory);
            }
            else if (cookie == 1)
            {
                cookie = 2;
                entry = new DirectoryEntry("..", (directory.Parent as ProcNode ?? directory).Inode, FileType.Directory);
            }
            else
            {
                long position = cookie - 2;
                entry = directory.Next(ref position);
                cookie = position + 2;
            }

            return Errno.None;
        }
    }
}
