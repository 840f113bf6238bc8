namespace PSSandbox.FileSystem;

/// <content>Opening files.</content>
internal sealed partial class VirtualFileSystem
{
    /// <summary>
    /// Opens a file, creating it if asked to (POSIX open, openat).
    /// ENOENT, EACCES, EEXIST, EISDIR, ENOTDIR, ELOOP, ENAMETOOLONG, EINVAL, EROFS, ENXIO, ENOSPC, EINTR.
    /// </summary>
    /// <param name="c">From where and as whom.</param>
    /// <param name="path">The path.</param>
    /// <param name="flags">How.</param>
    /// <param name="mode">Permission bits of a new file, the umask already applied.</param>
    /// <param name="file">The description, with one reference.</param>
    public Errno Open(in PathContext c, ReadOnlySpan<char> path, OpenFlags flags, int mode, out OpenFile? file)
    {
        // A host's file may be exchanged for another between look and use: then look again.
        for (int attempt = 1; ; attempt++)
        {
            Errno errno = OpenOnce(c, path, flags, mode, out file);
            if (errno != Errno.ESTALE || attempt == MaxAttempts)
                return errno;
        }
    }

    private Errno OpenOnce(in PathContext c, ReadOnlySpan<char> path, OpenFlags flags, int mode, out OpenFile? file)
    {
        file = null;
        bool create = (flags & OpenFlags.Create) != 0;
        bool exclusive = create && (flags & OpenFlags.Exclusive) != 0;
        if ((flags & OpenFlags.AccessMask) == OpenFlags.AccessMask || create && (flags & OpenFlags.Directory) != 0)
            return Errno.EINVAL;
        var walk = new Walk(this, c);
        Errno errno = walk.Begin(path);
        if (errno != Errno.None)
            return errno;
        bool follow = (flags & OpenFlags.NoFollow) == 0 && !exclusive;
        Node? node;
        while (true)
        {
            if (create && walk.TrailingSlash && walk.Kind == LastKind.Name)
                return Errno.EISDIR;
            errno = walk.Look(out node);
            if (errno == Errno.ENOENT && create && walk.Kind == LastKind.Name)
            {
                errno = CheckChange(walk.Directory, c.User);
                if (errno != Errno.None)
                    return errno;
                errno = walk.Directory.Create(walk.Last, new NodeCreation(FileType.Regular, mode & 0xfff, c.User), out node);
                if (errno == Errno.EEXIST)
                    continue;
                return errno != Errno.None ? errno : node!.Open(flags & ~(OpenFlags.Truncate | OpenFlags.Create), c.Caller, out file);
            }

            if (errno != Errno.None)
                return errno;
            if (exclusive)
                return Errno.EEXIST;
            if (node!.Type != FileType.SymbolicLink)
                break;
            if (!follow && !walk.TrailingSlash)
                return (flags & OpenFlags.Directory) != 0 ? Errno.ENOTDIR : Errno.ELOOP;
            errno = walk.Follow(node, out node);
            if (errno != Errno.None)
                return errno;
            if (node is not null)
                break;
        }

        if (walk.TrailingSlash && !node.IsDirectory)
            return Errno.ENOTDIR;
        return OpenFound(c, node, flags, out file);
    }

    private static Errno OpenFound(in PathContext c, Node node, OpenFlags flags, out OpenFile? file)
    {
        file = null;
        OpenFlags access = flags & OpenFlags.AccessMask;
        bool changes = access != OpenFlags.ReadOnly || (flags & OpenFlags.Truncate) != 0;
        FileType type = node.Type;
        if (type == FileType.Directory)
        {
            if (changes || (flags & OpenFlags.Create) != 0)
                return Errno.EISDIR;
        }
        else if ((flags & OpenFlags.Directory) != 0)
        {
            return Errno.ENOTDIR;
        }

        int wanted = (access != OpenFlags.WriteOnly ? Readable : 0) | (changes ? Writable : 0);
        Errno errno = Check(node, c.User, wanted);
        if (errno != Errno.None)
            return errno;
        if (type == FileType.Socket)
            return Errno.ENXIO;
        if (changes && node.IsReadOnly && type == FileType.Regular)
            return Errno.EROFS;
        return node.Open(type == FileType.Regular ? flags : flags & ~OpenFlags.Truncate, c.Caller, out file);
    }
}
