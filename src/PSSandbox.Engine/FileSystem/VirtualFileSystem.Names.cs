namespace PSSandbox.FileSystem;

/// <content>Making and removing names.</content>
internal sealed partial class VirtualFileSystem
{
    /// <summary>Makes a directory (POSIX mkdirat). EEXIST, ENOENT, ENOTDIR, EACCES, EROFS, ENOSPC, EMLINK.</summary>
    public Errno MakeDirectory(in PathContext c, ReadOnlySpan<char> path, int mode) =>
        Make(c, path, new NodeCreation(FileType.Directory, mode & 0x3ff, c.User));

    /// <summary>Makes a node that is no directory (POSIX mknodat, mkfifoat). EPERM for a directory, and for a device as a user other than 0.</summary>
    public Errno MakeNode(in PathContext c, ReadOnlySpan<char> path, FileType type, int mode, ulong device)
    {
        switch (type)
        {
            case FileType.Regular or FileType.Fifo or FileType.Socket:
                break;
            case FileType.CharacterDevice or FileType.BlockDevice:
                if (c.User.UserId != 0)
                    return Errno.EPERM;
                break;
            case FileType.Directory:
                return Errno.EPERM;
            default:
                return Errno.EINVAL;
        }

        return Make(c, path, new NodeCreation(type, mode & 0xfff, c.User, null, device));
    }

    /// <summary>Makes a symbolic link (POSIX symlinkat). ENOENT for an empty target, ENAMETOOLONG, and what <see cref="MakeDirectory"/> gives.</summary>
    public Errno MakeSymbolicLink(in PathContext c, string target, ReadOnlySpan<char> path)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Length == 0)
            return Errno.ENOENT;
        if (target.Length >= MaxPath)
            return Errno.ENAMETOOLONG;
        if (target.Contains('\0', StringComparison.Ordinal))
            return Errno.EINVAL;
        return Make(c, path, new NodeCreation(FileType.SymbolicLink, 0x1ff, c.User, target));
    }

    /// <summary>Gives a file a further name (POSIX linkat). EPERM for a directory, EXDEV, EMLINK, and what <see cref="MakeDirectory"/> gives.</summary>
    public Errno Link(in PathContext from, ReadOnlySpan<char> fromPath, in PathContext to, ReadOnlySpan<char> toPath, bool follow)
    {
        Errno errno = Resolve(from, fromPath, follow, out Node? node);
        if (errno != Errno.None)
            return errno;
        errno = Prepare(to, toPath, directory: false, out Walk walk);
        if (errno != Errno.None)
            return errno;
        if (node!.IsDirectory)
            return Errno.EPERM;
        return walk.Directory.Link(walk.Last, node);
    }

    /// <summary>Removes a name that is no directory's (POSIX unlinkat). EISDIR, ENOENT, EACCES, EPERM in a sticky directory, EBUSY, EROFS.</summary>
    public Errno Remove(in PathContext c, ReadOnlySpan<char> path)
    {
        var walk = new Walk(this, c);
        Errno errno = walk.Begin(path);
        if (errno != Errno.None)
            return errno;
        if (walk.Kind != LastKind.Name)
            return Errno.EISDIR;
        errno = LookHere(walk, c.User, out Node? node);
        if (errno != Errno.None)
            return errno;
        if (walk.TrailingSlash)
            return node!.IsDirectory ? Errno.EISDIR : Errno.ENOTDIR;
        errno = CheckRemove(walk.Directory, node!, c.User);
        if (errno != Errno.None)
            return errno;
        if (node!.IsDirectory)
            return Errno.EISDIR;
        return node.IsMountPoint ? Errno.EBUSY : walk.Directory.Remove(walk.Last, directory: false);
    }

    /// <summary>Removes an empty directory (POSIX rmdir). ENOTEMPTY, ENOTDIR, EBUSY for a mount point or the root, EINVAL for ".".</summary>
    public Errno RemoveDirectory(in PathContext c, ReadOnlySpan<char> path)
    {
        var walk = new Walk(this, c);
        Errno errno = walk.Begin(path);
        if (errno != Errno.None)
            return errno;
        switch (walk.Kind)
        {
            case LastKind.Root:
                return Errno.EBUSY;
            case LastKind.Dot:
                return Errno.EINVAL;
            case LastKind.DotDot:
                return Errno.ENOTEMPTY;
        }

        errno = LookHere(walk, c.User, out Node? node);
        if (errno != Errno.None)
            return errno;
        errno = CheckRemove(walk.Directory, node!, c.User);
        if (errno != Errno.None)
            return errno;
        if (!node!.IsDirectory)
            return Errno.ENOTDIR;
        return node.IsMountPoint ? Errno.EBUSY : walk.Directory.Remove(walk.Last, directory: true);
    }

    /// <summary>
    /// Renames atomically, replacing what bears the new name (POSIX renameat).
    /// EINVAL into an own subdirectory, ENOTEMPTY, EISDIR, ENOTDIR, EXDEV, EBUSY, and what <see cref="Remove"/> gives.
    /// </summary>
    public Errno Rename(in PathContext from, ReadOnlySpan<char> fromPath, in PathContext to, ReadOnlySpan<char> toPath)
    {
        var source = new Walk(this, from);
        Errno errno = source.Begin(fromPath);
        if (errno != Errno.None)
            return errno;
        var target = new Walk(this, to);
        errno = target.Begin(toPath);
        if (errno != Errno.None)
            return errno;
        if (source.Kind != LastKind.Name || target.Kind != LastKind.Name)
            return Errno.EBUSY;
        errno = LookHere(source, from.User, out Node? node);
        if (errno != Errno.None)
            return errno;
        errno = LookHere(target, to.User, out Node? replaced);
        if (errno is not (Errno.None or Errno.ENOENT))
            return errno;
        if (!node!.IsDirectory && (source.TrailingSlash || target.TrailingSlash))
            return Errno.ENOTDIR;
        if (node.IsDirectory && IsWithin(target.Directory, node))
            return Errno.EINVAL;
        if (replaced is not null && replaced.IsDirectory && IsWithin(source.Directory, replaced))
            return Errno.ENOTEMPTY;
        if (node == replaced)
            return Errno.None;

        errno = CheckRemove(source.Directory, node, from.User);
        if (errno != Errno.None)
            return errno;
        if (replaced is null)
        {
            errno = CheckChange(target.Directory, to.User);
        }
        else
        {
            errno = CheckRemove(target.Directory, replaced, to.User);
            if (errno == Errno.None && node.IsDirectory != replaced.IsDirectory)
                errno = node.IsDirectory ? Errno.ENOTDIR : Errno.EISDIR;
        }

        if (errno != Errno.None)
            return errno;
        if (node.IsDirectory && source.Directory != target.Directory)
        {
            // Its ".." changes.
            errno = Check(node, from.User, Writable);
            if (errno != Errno.None)
                return errno;
        }

        if (node.IsMountPoint || replaced is { IsMountPoint: true })
            return Errno.EBUSY;
        return source.Directory.Rename(source.Last, target.Directory, target.Last);
    }

    /// <summary>Gives a symbolic link's target (POSIX readlinkat). EINVAL for what is no link.</summary>
    public Errno ReadLink(in PathContext c, ReadOnlySpan<char> path, out string target)
    {
        target = "";
        Errno errno = Resolve(c, path, followLast: false, out Node? node);
        return errno != Errno.None ? errno : node!.ReadLink(c.Caller, out target);
    }

    /// <summary>Looks up the last component without crossing into what is mounted there.</summary>
    private static Errno LookHere(in Walk walk, Credentials user, out Node? node)
    {
        node = null;
        Errno errno = CheckSearch(walk.Directory, user);
        return errno != Errno.None ? errno : walk.Directory.Lookup(walk.Last, out node);
    }

    /// <summary>Walks to a name that is to be made.</summary>
    private Errno Prepare(in PathContext c, ReadOnlySpan<char> path, bool directory, out Walk walk)
    {
        walk = new Walk(this, c);
        Errno errno = walk.Begin(path);
        if (errno != Errno.None)
            return errno;
        if (walk.Kind != LastKind.Name)
            return Errno.EEXIST;
        errno = LookHere(walk, c.User, out _);
        if (errno != Errno.ENOENT)
            return errno == Errno.None ? Errno.EEXIST : errno;
        return walk.TrailingSlash && !directory ? Errno.ENOENT : CheckChange(walk.Directory, c.User);
    }

    private Errno Make(in PathContext c, ReadOnlySpan<char> path, in NodeCreation creation)
    {
        Errno errno = Prepare(c, path, creation.Type == FileType.Directory, out Walk walk);
        return errno != Errno.None ? errno : walk.Directory.Create(walk.Last, creation, out _);
    }
}
