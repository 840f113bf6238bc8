using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSandbox.FileSystem;

/// <summary>A directory of the host.</summary>
internal sealed class HostDirectory : HostNode
{
    internal HostDirectory(HostMount mount, HostDirectory? parent, string name, in HostStatus seen, SafeHandle? handle)
        : base(mount, parent, name, seen) => Handle = handle;

    /// <inheritdoc/>
    public override FileType Type => FileType.Directory;

    /// <summary>The open directory; guarded by the mount, which closes those least recently used.</summary>
    internal SafeHandle? Handle { get; set; }

    /// <summary>Its place among the open ones; null for a root, which stays open.</summary>
    internal LinkedListNode<HostDirectory>? Place { get; set; }

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        status = default;
        Errno errno = Mount.Acquire(this, out SafeHandle? handle);
        if (errno != Errno.None)
            return errno;
        errno = Mount.Access.GetStatus(handle!, "", out HostStatus found);
        HostMount.Give(handle!);
        status = Show(found);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno SetStatus(in StatusChange change)
    {
        if (IsReadOnly)
            return Errno.EROFS;
        if (change.Size is not null)
            return Errno.EISDIR;
        Errno errno = CheckOwner(change);
        if (errno != Errno.None)
            return errno;
        errno = Mount.Acquire(this, out SafeHandle? handle);
        if (errno != Errno.None)
            return errno;
        if (change.Mode is { } mode)
            errno = Mount.Access.SetMode(handle!, "", Seen, mode & 0x3ff);
        if (errno == Errno.None && (change.AccessTime is not null || change.ModificationTime is not null))
            errno = Mount.Access.SetTimes(handle!, "", change.AccessTime, change.ModificationTime);
        HostMount.Give(handle!);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno Lookup(ReadOnlySpan<char> name, out Node? child)
    {
        child = null;
        Errno errno = CheckName(name);
        if (errno != Errno.None)
            return errno == Errno.EEXIST ? Errno.EINVAL : errno;
        errno = Mount.Acquire(this, out SafeHandle? handle);
        if (errno != Errno.None)
            return errno == Errno.ESTALE ? Errno.ENOENT : errno;
        string text = name.ToString();
        errno = Mount.Access.GetStatus(handle!, text, out HostStatus status);
        HostMount.Give(handle!);
        if (errno == Errno.None)
            child = Mount.NodeOf(this, text, status);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno Create(ReadOnlySpan<char> name, in NodeCreation creation, out Node? child)
    {
        child = null;
        Errno errno = Begin(name, out SafeHandle? handle);
        if (errno != Errno.None)
            return errno;
        string text = name.ToString();
        SafeFileHandle? file = null;
        switch (creation.Type)
        {
            case FileType.Regular:
                errno = Mount.Access.OpenFile(handle!, text, OpenFlags.ReadWrite | OpenFlags.Create, creation.Mode & 0x1ff, out file, out _);
                break;
            case FileType.Directory:
                errno = Mount.Access.MakeDirectory(handle!, text, creation.Mode & 0x3ff);
                break;
            case FileType.SymbolicLink:
                errno = Mount.Access.MakeSymbolicLink(handle!, text, creation.Target ?? "");
                break;
            default:
                errno = Errno.EPERM;
                break;
        }

        HostStatus status = default;
        if (errno == Errno.None)
        {
            // Of what was made, not of what bears its name by now; where an open file does not tell its number, by name.
            if (file is not null)
                errno = Mount.Access.GetStatus(file, out status);
            if (errno == Errno.None && status.Inode == 0)
                errno = Mount.Access.GetStatus(handle!, text, out status);
        }

        HostMount.Give(handle!);
        if (errno != Errno.None)
        {
            file?.Dispose();
            return errno;
        }

        HostNode node = Mount.NodeOf(this, text, status);
        (node as HostFile)?.Keep(file);
        child = node;
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno Link(ReadOnlySpan<char> name, Node target)
    {
        if (target is not HostFile file || file.Mount != Mount || file.ParentDirectory is not { } parent)
            return Errno.EXDEV;
        Errno errno = Begin(name, out SafeHandle? to);
        if (errno != Errno.None)
            return errno;
        errno = Mount.Acquire(parent, out SafeHandle? from);
        if (errno == Errno.None)
        {
            errno = Mount.Access.Link(from!, file.Name, to!, name.ToString());
            HostMount.Give(from!);
        }

        HostMount.Give(to!);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno Remove(ReadOnlySpan<char> name, bool directory)
    {
        Errno errno = Begin(name, out SafeHandle? handle);
        if (errno != Errno.None)
            return errno;
        errno = Mount.Access.Remove(handle!, name.ToString(), directory);
        HostMount.Give(handle!);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno Rename(ReadOnlySpan<char> name, Node newParent, ReadOnlySpan<char> newName)
    {
        if (newParent is not HostDirectory target || target.Mount != Mount)
            return Errno.EXDEV;
        Errno errno = CheckName(newName);
        if (errno != Errno.None)
            return errno;
        errno = Begin(name, out SafeHandle? from);
        if (errno != Errno.None)
            return errno;
        errno = Mount.Acquire(target, out SafeHandle? to);
        if (errno == Errno.None)
        {
            string text = newName.ToString();
            errno = Mount.Access.Rename(from!, name.ToString(), to!, text);
            if (errno == Errno.None && Mount.Access.GetStatus(to!, text, out HostStatus status) == Errno.None)
                Mount.NodeOf(target, text, status);     // tells the node its new place
            HostMount.Give(to!);
        }

        HostMount.Give(from!);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        file = null;
        Errno errno = Mount.Acquire(this, out SafeHandle? handle);
        if (errno != Errno.None)
            return errno;
        errno = Mount.Access.List(handle!, out List<DirectoryEntry> entries);
        HostMount.Give(handle!);
        if (errno == Errno.None)
            file = new ListedDirectory(this, flags, Seen.Inode, (Parent as HostDirectory ?? this).Seen.Inode, entries, Relist);
        return errno;
    }

    private List<DirectoryEntry> Relist()
    {
        if (Mount.Acquire(this, out SafeHandle? handle) != Errno.None)
            return [];
        Mount.Access.List(handle!, out List<DirectoryEntry> entries);
        HostMount.Give(handle!);
        return entries;
    }

    /// <summary>Before a change of names.</summary>
    private Errno Begin(ReadOnlySpan<char> name, out SafeHandle? handle)
    {
        handle = null;
        if (IsReadOnly)
            return Errno.EROFS;
        Errno errno = CheckName(name);
        if (errno != Errno.None)
            return errno;
        errno = Mount.Acquire(this, out handle);
        return errno == Errno.ESTALE ? Errno.ENOENT : errno;
    }

    private static Errno CheckName(ReadOnlySpan<char> name) =>
        name.Length > VirtualFileSystem.MaxName ? Errno.ENAMETOOLONG
        : name.IsEmpty || name.ContainsAny('/', '\0') ? Errno.EINVAL
        : name is "." or ".." ? Errno.EEXIST
        : Errno.None;
}
