using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSandbox.FileSystem;

/// <summary>Anything of the host that is no directory. It is its own lock.</summary>
internal sealed class HostFile : HostNode
{
    private readonly bool _isRoot;
    private SafeFileHandle? _made;

    internal HostFile(HostMount mount, HostDirectory parent, string name, in HostStatus seen, bool isRoot = false)
        : base(mount, parent, name, seen) => _isRoot = isRoot;

    /// <inheritdoc/>
    public override FileType Type => Seen.Type;

    /// <summary>A file that is a mount by itself has nothing above it inside.</summary>
    public override Node? Parent => _isRoot ? null : base.Parent;

    /// <summary>What is remembered counts as long as length and modification time are the same.</summary>
    public override object? ContentTag
    {
        get => Volatile.Read(ref _tagBox) is { } box && Current(out HostStatus now) == Errno.None && box.Size == now.Size && box.Time == now.ModificationTime
            ? box.Tag
            : null;
        set => Volatile.Write(ref _tagBox, value is not null && Current(out HostStatus now) == Errno.None ? new TagBox(value, now.Size, now.ModificationTime) : null);
    }

    private TagBox? _tagBox;

    private sealed record TagBox(object Tag, long Size, long Time);

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        Errno errno = Current(out HostStatus found);
        status = Show(found);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno SetStatus(in StatusChange change)
    {
        if (IsReadOnly)
            return Errno.EROFS;
        Errno errno = CheckOwner(change);
        if (errno != Errno.None)
            return errno;
        if (change.Size is { } size)
        {
            errno = OpenHandle(OpenFlags.WriteOnly, out SafeFileHandle? file);
            if (errno != Errno.None)
                return errno;
            errno = HostOpenFile.SetLength(file!, size);
            file!.Dispose();
            if (errno != Errno.None)
                return errno;
        }

        if (change.Mode is null && change.AccessTime is null && change.ModificationTime is null)
            return Errno.None;
        errno = Current(out HostStatus now);
        if (errno == Errno.None)
            errno = Mount.Acquire(ParentDirectory!, out SafeHandle? handle) is var acquired and not Errno.None ? acquired : Change(handle!, now, change);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno ReadLink(out string target)
    {
        target = "";
        if (Type != FileType.SymbolicLink)
            return Errno.EINVAL;
        Errno errno = Mount.Acquire(ParentDirectory!, out SafeHandle? handle);
        if (errno != Errno.None)
            return errno;
        errno = Mount.Access.ReadLink(handle!, Name, out target);
        HostMount.Give(handle!);
        return errno == Errno.EINVAL ? Errno.ESTALE : errno;
    }

    /// <inheritdoc/>
    public override Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        file = null;
        if (Type != FileType.Regular)
            return Errno.ENXIO;
        if (IsReadOnly && (flags & OpenFlags.AccessMask) != OpenFlags.ReadOnly)
            return Errno.EROFS;
        SafeFileHandle? handle = Interlocked.Exchange(ref _made, null);
        if (handle is null)
        {
            Errno errno = OpenHandle(flags, out handle);
            if (errno != Errno.None)
                return errno;
        }

        if ((flags & OpenFlags.Truncate) != 0)
        {
            Errno errno = (flags & OpenFlags.AccessMask) == OpenFlags.ReadOnly
                ? SetStatus(new StatusChange { Size = 0 })
                : HostOpenFile.SetLength(handle!, 0);
            if (errno != Errno.None)
            {
                handle!.Dispose();
                return errno;
            }
        }

        file = new HostOpenFile(this, flags, handle!);
        return Errno.None;
    }

    /// <summary>Keeps the handle of a file just made for the first one who opens it: its mode may forbid that to the host's user.</summary>
    internal void Keep(SafeFileHandle? handle) => Interlocked.Exchange(ref _made, handle)?.Dispose();

    private Errno Change(SafeHandle directory, in HostStatus now, in StatusChange change)
    {
        Errno errno = Errno.None;
        if (change.Mode is { } mode)
            errno = Mount.Access.SetMode(directory, Name, now, mode & 0x3ff);
        if (errno == Errno.None && (change.AccessTime is not null || change.ModificationTime is not null))
            errno = Mount.Access.SetTimes(directory, Name, change.AccessTime, change.ModificationTime);
        HostMount.Give(directory);
        return errno;
    }

    /// <summary>Status of what bears the name now; ESTALE if that is another file.</summary>
    private Errno Current(out HostStatus status)
    {
        status = default;
        Errno errno = Mount.Acquire(ParentDirectory!, out SafeHandle? handle);
        if (errno != Errno.None)
            return errno;
        errno = Mount.Access.GetStatus(handle!, Name, out status);
        HostMount.Give(handle!);
        return errno != Errno.None ? errno : IsThis(status) ? Errno.None : Errno.ESTALE;
    }

    private bool IsThis(in HostStatus status) => _isRoot ? status.Type == FileType.Regular : status.IsSame(Seen);

    private Errno OpenHandle(OpenFlags flags, out SafeFileHandle? file)
    {
        file = null;
        Errno errno = Mount.Acquire(ParentDirectory!, out SafeHandle? handle);
        if (errno != Errno.None)
            return errno;
        errno = Mount.Access.OpenFile(handle!, Name, flags & OpenFlags.AccessMask, 0, out file, out HostStatus status);
        HostMount.Give(handle!);
        if (errno == Errno.None && !IsThis(status))
        {
            file!.Dispose();
            file = null;
            return Errno.ESTALE;
        }

        return errno == Errno.ELOOP ? Errno.ESTALE : errno;
    }
}
