using System.Buffers;

namespace PSSandbox.FileSystem;

/// <summary>
/// Copies a file or a directory from one tree into another, with modes and times. Both sides may be hostile and may
/// change meanwhile: every name is looked up in its directory, no symbolic link is followed on either side, depth costs
/// no stack, and holes stay holes.
/// </summary>
/// <param name="report">Gets what could not be copied: its path from the first name on, and why. The copy goes on unless it throws.</param>
/// <param name="cancellation">Ends it between two pieces of a file.</param>
internal sealed class TreeCopy(Action<string, Errno> report, CancellationToken cancellation)
{
    private const int PieceSize = 128 << 10;

    /// <summary>Most bytes taken of a file that says that it has none, as those of /proc do.</summary>
    private const int MostOfUnknown = 1 << 20;

    private const int AnyWrite = 0x92, OwnerOnly = 0x1c0;
    private readonly Stack<Step> _left = new();

    private sealed record Step(TreePlace From, TreePlace To, string Path, int Depth, Node? Made = null, FileStatus Status = default);

    /// <summary>Whether a directory is copied with all that is in it; else it is refused with EISDIR.</summary>
    public bool Recurse { get; init; }

    /// <summary>Whether a file that may not be written, and anything but a directory that is in the way, is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Whether symbolic links that lead out of what is copied are refused with EXDEV.</summary>
    public bool KeepLinksInside { get; init; }

    /// <summary>Whose everything becomes; nobody is asked where the tree does not take owners.</summary>
    public Credentials Owner { get; init; } = Credentials.Root;

    /// <summary>Bytes of the path that the copy's first name stands after: what passes PATH_MAX could hardly be removed again.</summary>
    public int PathBefore { get; init; }

    /// <summary>Told after each piece: path, items and bytes so far.</summary>
    public Action<string, long, long>? Progress { get; init; }

    /// <summary>Files, directories and links copied so far.</summary>
    public long Items { get; private set; }

    /// <summary>Bytes of files copied so far, holes counted.</summary>
    public long Bytes { get; private set; }

    /// <summary>Copies what is at one place to another.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; a file that was being written is gone.</exception>
    public void Run(in TreePlace from, in TreePlace to)
    {
        _left.Push(new Step(from, to, from.Name, 0));
        while (_left.TryPop(out Step? step))
        {
            cancellation.ThrowIfCancellationRequested();
            Errno errno = step.Made is { } made ? Finish(step.To, made, step.Status) : One(step);
            if (errno != Errno.None)
                report(step.Path, errno);
        }
    }

    private Errno One(Step step)
    {
        if (PathBefore + step.Path.Length >= VirtualFileSystem.MaxPath)
            return Errno.ENAMETOOLONG;
        FileStatus status = default;
        Errno errno = step.From.Find(out Node? node);
        if (errno == Errno.None)
            errno = node!.GetStatus(out status);
        if (errno != Errno.None)
            return errno;
        errno = status.Type switch
        {
            FileType.Directory => Directory(step, node!, status),
            FileType.Regular => File(step, node!, status),
            FileType.SymbolicLink => Link(step, node!),
            _ => Errno.ENOTSUP,
        };
        if (errno == Errno.None)
        {
            Items++;
            Progress?.Invoke(step.Path, Items, Bytes);
        }

        return errno;
    }

    private Errno Directory(Step step, Node node, in FileStatus status)
    {
        if (!Recurse)
            return Errno.EISDIR;
        TreePlace to = step.To;
        Errno errno = to.Find(out Node? target);
        if (errno == Errno.None && !target!.IsDirectory)
            errno = Force ? to.Files.Remove(to.Directory, to.Name) is var e and not Errno.None ? e : Errno.ENOENT : Errno.ENOTDIR;
        if (errno == Errno.ENOENT)
        {
            errno = to.Files.MakeDirectory(to.Directory, to.Name, OwnerOnly);
            if (errno == Errno.None)
                errno = to.Find(out target);
            if (errno == Errno.None && !target!.IsDirectory)
                errno = Errno.ENOTDIR;

            // Last, since a directory that may not be written cannot be filled, and filling it changes its time.
            if (errno == Errno.None)
                _left.Push(step with { Made = target, Status = status });
        }

        return errno != Errno.None ? errno : PushChildren(step, node, target!);
    }

    private Errno PushChildren(Step step, Node node, Node target)
    {
        Errno errno = node.Open(OpenFlags.Directory, null, out OpenFile? directory);
        if (errno != Errno.None)
            return errno;
        long cookie = 0;
        DirectoryEntry? entry;
        while ((errno = directory!.ReadDirectory(ref cookie, out entry)) == Errno.None && entry is { Name: var name })
        {
            if (name is not ("." or ".."))
                _left.Push(new Step(step.From.In(node, name), step.To.In(target, name), $"{step.Path}/{name}", step.Depth + 1));
        }

        directory.Release();
        return errno;
    }

    private Errno Link(Step step, Node node)
    {
        Errno errno = node.ReadLink(out string target);
        if (errno != Errno.None)
            return errno;
        if (KeepLinksInside && LeadsOut(target, Math.Max(0, step.Depth - 1)))
            return Errno.EXDEV;
        TreePlace to = step.To;
        errno = MakeRoom(to, FileType.SymbolicLink, out bool replace);
        if (errno == Errno.None && replace)
            errno = to.Files.Remove(to.Directory, to.Name);
        return errno != Errno.None ? errno : to.Files.MakeSymbolicLink(to.Directory, target, to.Name);
    }

    private Errno File(Step step, Node node, in FileStatus status)
    {
        TreePlace to = step.To;
        Errno errno = MakeRoom(to, FileType.Regular, out bool replace);
        if (errno != Errno.None)
            return errno;
        errno = node.Open(OpenFlags.ReadOnly | OpenFlags.NonBlocking, null, out OpenFile? source);
        if (errno != Errno.None)
            return errno;

        // What is replaced stays whole until the new content is: also where a file is copied onto itself.
        TreePlace made = replace ? to with { Name = $".{Guid.NewGuid():N}" } : to;
        bool done = false;
        try
        {
            errno = to.Files.Open(made.Directory, made.Name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, 0x180, out OpenFile? target);
            if (errno != Errno.None)
            {
                done = true;
                return errno;
            }

            try
            {
                errno = Content(step.Path, source!, target!, status.Size);
                if (errno == Errno.None)
                    errno = Finish(made, target!.Node!, status);
            }
            finally
            {
                target!.Release();
            }

            if (errno == Errno.None && replace)
                errno = to.Files.Rename(made.Directory, made.Name, to.Directory, to.Name);
            done = errno == Errno.None;
            return errno;
        }
        finally
        {
            source!.Release();
            if (!done)
                to.Files.Remove(made.Directory, made.Name);
        }
    }

    /// <summary>Whether something may come to a place; what is there and has to go first is said, not done.</summary>
    private Errno MakeRoom(in TreePlace to, FileType type, out bool replace)
    {
        replace = false;
        Errno errno = to.Find(out Node? there);
        if (errno == Errno.ENOENT)
            return Errno.None;
        if (errno == Errno.None)
            errno = there!.GetStatus(out FileStatus status) is var e and not Errno.None ? e : Check(there, type, status.Mode);
        replace = true;
        return errno;
    }

    private Errno Check(Node there, FileType type, int mode)
    {
        if (there.IsDirectory)
            return Errno.EISDIR;
        if (Force)
            return Errno.None;
        if (there.Type != type)
            return Errno.EEXIST;
        return type == FileType.Regular && (mode & AnyWrite) == 0 ? Errno.EACCES : Errno.None;
    }

    private Errno Content(string path, OpenFile source, OpenFile target, long size)
    {
        long end = size == 0 ? MostOfUnknown : size;
        long position = 0;
        long written = 0;
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            while (position < end)
            {
                cancellation.ThrowIfCancellationRequested();
                Errno errno = source.ReadAt(piece.AsSpan(0, (int)Math.Min(PieceSize, end - position)), position, out int count);
                if (errno != Errno.None)
                    return errno;
                if (count == 0)
                    break;
                ReadOnlySpan<byte> bytes = piece.AsSpan(0, count);
                if (bytes.ContainsAnyExcept((byte)0))
                {
                    errno = Write(target, bytes, position);
                    if (errno != Errno.None)
                        return errno;
                    written = position + count;
                }

                position += count;
                Bytes += count;
                Progress?.Invoke(path, Items, Bytes);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return written < position ? target.Node!.SetStatus(new StatusChange { Size = position }) : Errno.None;
    }

    private static Errno Write(OpenFile target, ReadOnlySpan<byte> bytes, long position)
    {
        while (bytes.Length > 0)
        {
            Errno errno = target.WriteAt(bytes, position, out int count);
            if (errno != Errno.None)
                return errno;
            bytes = bytes[count..];
            position += count;
        }

        return Errno.None;
    }

    private Errno Finish(in TreePlace to, Node node, in FileStatus status)
    {
        Credentials user = to.Directory.User;
        if (Owner != Credentials.Root && VirtualFileSystem.ChangeOwner(node, user, Owner.UserId, Owner.GroupId) is var owned and not (Errno.None or Errno.EPERM))
            return owned;
        Errno errno = VirtualFileSystem.ChangeMode(node, user, status.Mode);
        return errno != Errno.None ? errno : VirtualFileSystem.SetTimes(node, user, status.AccessTime, status.ModificationTime);
    }

    /// <summary>
    /// Whether a link may lead out of the tree that it lies in, so many directories deep. After a name no ".." is allowed:
    /// the name may be a link itself.
    /// </summary>
    private static bool LeadsOut(string target, int depth)
    {
        if (target.StartsWith('/') || OperatingSystem.IsWindows() && target.AsSpan().ContainsAny('\\', ':'))
            return true;
        bool named = false;
        foreach (string part in target.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != "..")
                named = true;
            else if (named || --depth < 0)
                return true;
        }

        return false;
    }
}
