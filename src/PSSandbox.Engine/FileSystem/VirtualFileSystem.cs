namespace PSSandbox.FileSystem;

/// <summary>
/// A sandbox's one tree of names: the root file system with others mounted in it. Walks paths by POSIX 4.16
/// (pathname resolution), checks permissions and applies the operations of unistd.h to nodes.
/// </summary>
/// <remarks>Where POSIX leaves the choice or the order of errors open, this does what Linux does.</remarks>
internal sealed partial class VirtualFileSystem
{
    /// <summary>Longest name of one component, in bytes.</summary>
    public const int MaxName = 255;

    /// <summary>Longest path, in bytes, with the NUL that ends it for C programs (PATH_MAX).</summary>
    public const int MaxPath = 4096;

    /// <summary>Most symbolic links followed in one resolution.</summary>
    public const int MaxLinks = 40;

    /// <summary>For <c>SetTimes</c>: the present time, which needs write permission only (UTIME_NOW).</summary>
    public const long Now = long.MinValue;

    /// <summary>Bits of the <c>wanted</c> arguments: R_OK, W_OK, X_OK.</summary>
    internal const int Readable = 4, Writable = 2, Executable = 1;

    private const int MaxAttempts = 4;
    private const int SetUserId = 0x800, SetGroupId = 0x400, Sticky = 0x200;

    /// <summary>Makes a tree over a root directory.</summary>
    /// <param name="root">The root of the root file system.</param>
    /// <param name="description">How /proc/mounts tells of it.</param>
    public VirtualFileSystem(Node root, MountEntry? description = null)
    {
        Root = root;
        _mounts = [new Mounted(null, root, description ?? new MountEntry("tmpfs", "/", "tmpfs"))];
    }

    /// <summary>The root directory.</summary>
    public Node Root { get; }

    /// <summary>Bytes that the root file system holds in memory for this tree alone.</summary>
    internal long RootBytes => (Root as MemoryNode)?.FileSystem.Account.Bytes ?? 0;

    /// <summary>
    /// Whether a user may use a node as wanted (R 4, W 2, X 1; 0 is always granted). User 0 may read and write
    /// everything, search every directory, and execute what anyone may execute.
    /// </summary>
    public static bool Permits(in FileStatus status, Credentials user, int wanted)
    {
        if (user.UserId == 0)
            return (wanted & Executable) == 0 || status.Type == FileType.Directory || (status.Mode & 0x49) != 0;
        int granted = user.UserId == status.UserId ? status.Mode >> 6
            : user.GroupId == status.GroupId ? status.Mode >> 3
            : status.Mode;
        return (granted & wanted & 7) == (wanted & 7);
    }

    private static Errno Check(Node node, Credentials user, int wanted)
    {
        if (user.UserId == 0 && (wanted & Executable) == 0)
            return Errno.None;
        Errno errno = node.GetStatus(out FileStatus status);
        if (errno != Errno.None)
            return errno;
        return Permits(status, user, wanted) ? Errno.None : Errno.EACCES;
    }

    /// <summary>Whether a user may look up names in a directory.</summary>
    private static Errno CheckSearch(Node directory, Credentials user) =>
        user.UserId == 0 ? Errno.None : Check(directory, user, Executable);

    /// <summary>Whether a user may add names to a directory.</summary>
    private static Errno CheckChange(Node directory, Credentials user)
    {
        if (directory.IsReadOnly)
            return Errno.EROFS;
        return user.UserId == 0 ? Errno.None : Check(directory, user, Writable | Executable);
    }

    /// <summary>Whether a user may remove a name from a directory: in a sticky one, only what is his (POSIX unlink, EPERM).</summary>
    private static Errno CheckRemove(Node directory, Node child, Credentials user)
    {
        Errno errno = CheckChange(directory, user);
        if (errno != Errno.None || user.UserId == 0)
            return errno;
        errno = directory.GetStatus(out FileStatus parent);
        if (errno != Errno.None || (parent.Mode & Sticky) == 0 || parent.UserId == user.UserId)
            return errno;
        errno = child.GetStatus(out FileStatus status);
        return errno != Errno.None ? errno : status.UserId == user.UserId ? Errno.None : Errno.EPERM;
    }
}
