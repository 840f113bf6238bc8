namespace PSSandbox.FileSystem;

/// <content>Status: reading and changing it.</content>
internal sealed partial class VirtualFileSystem
{
    /// <summary>Gives the status of what a path names (POSIX fstatat).</summary>
    public Errno GetStatus(in PathContext c, ReadOnlySpan<char> path, bool follow, out FileStatus status)
    {
        for (int attempt = 1; ; attempt++)
        {
            status = default;
            Errno errno = Resolve(c, path, follow, out Node? node);
            if (errno == Errno.None)
                errno = node!.GetStatus(out status);
            if (errno != Errno.ESTALE || attempt == MaxAttempts)
                return errno;
        }
    }

    /// <summary>Whether the user may use what a path names (POSIX faccessat). EACCES, EROFS; EINVAL for bits that do not exist.</summary>
    /// <param name="c">From where and as whom.</param>
    /// <param name="path">The path.</param>
    /// <param name="wanted">R 4, W 2, X 1, or 0 for existence.</param>
    /// <param name="follow">Whether a symbolic link in the last component is followed.</param>
    public Errno Access(in PathContext c, ReadOnlySpan<char> path, int wanted, bool follow = true)
    {
        if ((wanted & ~7) != 0)
            return Errno.EINVAL;
        Errno errno = Resolve(c, path, follow, out Node? node);
        if (errno != Errno.None || wanted == 0)
            return errno;
        if ((wanted & Writable) != 0 && node!.IsReadOnly && node.Type is FileType.Regular or FileType.Directory or FileType.SymbolicLink)
            return Errno.EROFS;
        return Check(node!, c.User, wanted);
    }

    /// <summary>Changes permission bits (POSIX fchmodat). EPERM for who does not own it; ENOTSUP for a symbolic link itself.</summary>
    public Errno ChangeMode(in PathContext c, ReadOnlySpan<char> path, int mode, bool follow)
    {
        Errno errno = Resolve(c, path, follow, out Node? node);
        return errno != Errno.None ? errno : ChangeMode(node!, c.User, mode);
    }

    /// <summary>Changes permission bits of an open file's node (POSIX fchmod).</summary>
    public static Errno ChangeMode(Node node, Credentials user, int mode)
    {
        if (node.Type == FileType.SymbolicLink)
            return Errno.ENOTSUP;
        if (node.IsReadOnly)
            return Errno.EROFS;
        mode &= 0xfff;
        if (user.UserId != 0)
        {
            Errno errno = node.GetStatus(out FileStatus status);
            if (errno != Errno.None)
                return errno;
            if (status.UserId != user.UserId)
                return Errno.EPERM;
            if (status.GroupId != user.GroupId && status.Type != FileType.Directory)
                mode &= ~SetGroupId;
        }

        return node.SetStatus(new StatusChange { Mode = mode });
    }

    /// <summary>
    /// Changes owner and group; -1 keeps one (POSIX fchownat). Only user 0 gives files away; the owner may set his own group. EPERM.
    /// A file that is no directory loses its set-user-id bit, and its set-group-id bit if the group may execute it.
    /// </summary>
    public Errno ChangeOwner(in PathContext c, ReadOnlySpan<char> path, int uid, int gid, bool follow)
    {
        Errno errno = Resolve(c, path, follow, out Node? node);
        return errno != Errno.None ? errno : ChangeOwner(node!, c.User, uid, gid);
    }

    /// <summary>Changes owner and group of an open file's node (POSIX fchown).</summary>
    public static Errno ChangeOwner(Node node, Credentials user, int uid, int gid)
    {
        if (node.IsReadOnly)
            return Errno.EROFS;
        Errno errno = node.GetStatus(out FileStatus status);
        if (errno != Errno.None)
            return errno;
        if (user.UserId != 0)
        {
            bool owns = status.UserId == user.UserId;
            if (uid != -1 && !(owns && uid == status.UserId) || gid != -1 && !(owns && (gid == user.GroupId || gid == status.GroupId)))
                return Errno.EPERM;
        }

        int mode = status.Mode;
        if (status.Type != FileType.Directory)
        {
            mode &= ~SetUserId;
            if ((mode & 8) != 0)
                mode &= ~SetGroupId;
        }

        return node.SetStatus(new StatusChange
        {
            UserId = uid == -1 ? null : uid,
            GroupId = gid == -1 ? null : gid,
            Mode = mode == status.Mode ? null : mode,
        });
    }

    /// <summary>
    /// Sets times, in nanoseconds since 1970 (POSIX utimensat): null keeps one, <see cref="Now"/> is the present.
    /// Needs write permission where both are the present, else ownership. EACCES, EPERM, EROFS.
    /// </summary>
    public Errno SetTimes(in PathContext c, ReadOnlySpan<char> path, long? accessTime, long? modificationTime, bool follow)
    {
        Errno errno = Resolve(c, path, follow, out Node? node);
        return errno != Errno.None ? errno : SetTimes(node!, c.User, accessTime, modificationTime);
    }

    /// <summary>Sets times of an open file's node (POSIX futimens).</summary>
    public static Errno SetTimes(Node node, Credentials user, long? accessTime, long? modificationTime)
    {
        if (accessTime is null && modificationTime is null)
            return Errno.None;
        if (node.IsReadOnly)
            return Errno.EROFS;
        if (user.UserId != 0)
        {
            Errno errno = node.GetStatus(out FileStatus status);
            if (errno != Errno.None)
                return errno;
            if (status.UserId != user.UserId)
            {
                if (accessTime != Now || modificationTime != Now)
                    return Errno.EPERM;
                if (!Permits(status, user, Writable))
                    return Errno.EACCES;
            }
        }

        long now = accessTime == Now || modificationTime == Now ? Timestamp.Now : 0;
        return node.SetStatus(new StatusChange
        {
            AccessTime = accessTime == Now ? now : accessTime,
            ModificationTime = modificationTime == Now ? now : modificationTime,
        });
    }

    /// <summary>Sets a file's length (POSIX truncate). EINVAL, EISDIR, EACCES, EROFS, EFBIG.</summary>
    public Errno Truncate(in PathContext c, ReadOnlySpan<char> path, long length)
    {
        if (length < 0)
            return Errno.EINVAL;
        Errno errno = Resolve(c, path, followLast: true, out Node? node);
        if (errno != Errno.None)
            return errno;
        if (node!.IsDirectory)
            return Errno.EISDIR;
        if (node.Type != FileType.Regular)
            return Errno.EINVAL;
        if (node.IsReadOnly)
            return Errno.EROFS;
        errno = Check(node, c.User, Writable);
        return errno != Errno.None ? errno : node.SetStatus(new StatusChange { Size = length });
    }
}
