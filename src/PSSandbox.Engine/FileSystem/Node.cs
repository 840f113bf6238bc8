namespace PSSandbox.FileSystem;

/// <summary>
/// An inode of some file system: memory, host mount, /dev, /proc. Path walking, permission checks, symbolic links and
/// mounts are <see cref="VirtualFileSystem"/>'s; a node does what it is told. Safe for use by several threads.
/// </summary>
internal abstract class Node
{
    /// <summary>What it is; never changes.</summary>
    public abstract FileType Type { get; }

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => Type == FileType.Directory;

    /// <summary>
    /// The directory that holds this directory; null for a file system's root. Of a file that knows it: the directory
    /// of one of its names, only to tell where it is.
    /// </summary>
    public virtual Node? Parent => null;

    /// <summary>The name in <see cref="Parent"/>; empty for a root.</summary>
    public virtual string Name => "";

    /// <summary>Whether the name that <see cref="Parent"/> and <see cref="Name"/> tell of was removed.</summary>
    public virtual bool IsRemoved => false;

    /// <summary>Whether the file system that it is on refuses every change with EROFS.</summary>
    public virtual bool IsReadOnly => false;

    /// <summary>Whether something is mounted over it; set by <see cref="VirtualFileSystem"/>.</summary>
    internal bool IsMountPoint { get; set; }

    /// <summary>
    /// Whatever a layer above wants to remember of this file's content (a compiled module). It goes away when the
    /// content changes.
    /// </summary>
    public virtual object? ContentTag { get => null; set { } }

    /// <summary>
    /// Gives a file's whole content where that is one block of memory that never changes (a program in the base
    /// image): to compile it without a copy. False says only that it has to be read.
    /// </summary>
    public virtual bool TryGetContent(out ReadOnlyMemory<byte> content)
    {
        content = default;
        return false;
    }

    /// <summary>Gives the status.</summary>
    public abstract Errno GetStatus(out FileStatus status);

    /// <summary>Changes the status; the caller has checked permissions. ENOSPC, EFBIG, EROFS, EPERM.</summary>
    public virtual Errno SetStatus(in StatusChange change) => Errno.EPERM;

    /// <summary>Tells of the file system that this node is on.</summary>
    public abstract Errno GetFileSystemStatus(out FileSystemStatus status);

    /// <summary>Finds a name; never "." or "..". ENOENT, ENOTDIR.</summary>
    public virtual Errno Lookup(ReadOnlySpan<char> name, out Node? child)
    {
        child = null;
        return Errno.ENOTDIR;
    }

    /// <summary>Creates a name that must not exist. EEXIST, ENOSPC, EROFS, ENAMETOOLONG.</summary>
    public virtual Errno Create(ReadOnlySpan<char> name, in NodeCreation creation, out Node? child)
    {
        child = null;
        return Errno.ENOTDIR;
    }

    /// <summary>Gives an existing node, no directory, a further name. EEXIST, EXDEV, EMLINK.</summary>
    public virtual Errno Link(ReadOnlySpan<char> name, Node target) => Errno.ENOTDIR;

    /// <summary>Removes a name: of a directory, which must be empty, or of anything else. EISDIR, ENOTDIR, ENOTEMPTY.</summary>
    public virtual Errno Remove(ReadOnlySpan<char> name, bool directory) => Errno.ENOTDIR;

    /// <summary>Renames atomically, replacing what bears the new name (POSIX rename). EXDEV between file systems.</summary>
    public virtual Errno Rename(ReadOnlySpan<char> name, Node newParent, ReadOnlySpan<char> newName) => Errno.ENOTDIR;

    /// <summary>Gives a symbolic link's target.</summary>
    public virtual Errno ReadLink(out string target)
    {
        target = "";
        return Errno.EINVAL;
    }

    /// <summary>Gives a symbolic link's target for a caller: <c>/proc/self</c> is another for each.</summary>
    public virtual Errno ReadLink(IBlockingCaller? caller, out string target) => ReadLink(out target);

    /// <summary>
    /// For a link of /proc (<c>/proc/self/fd/3</c>): the node itself that it stands for, whatever its name now; null for an
    /// ordinary link.
    /// </summary>
    public virtual Node? MagicTarget => null;

    /// <summary>
    /// Opens the node: gives a new open file description with one reference. Creation, permission and type checks
    /// were made; truncation on <see cref="OpenFlags.Truncate"/> is done here. A FIFO may block for its other end.
    /// </summary>
    public abstract Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file);
}
