using System.Runtime.InteropServices;

namespace PSSandbox.FileSystem;

/// <summary>
/// A directory or a single file of the host, seen from inside. Every name is resolved one component at a time beneath
/// the mount's root, relative to an open directory and without following links; a symbolic link is only read, and
/// <see cref="VirtualFileSystem"/> interprets it inside the sandbox's tree. So nothing leads out of the mount, also not
/// while somebody exchanges files for links.
/// </summary>
/// <remarks>
/// Files appear owned by the mount's owner, with the host's permission bits but for set-user-id and set-group-id, which
/// are never shown and never set: they would mean something on the host. Other owners cannot be given (EPERM). The host's
/// FIFOs, sockets and devices can be seen but not opened (ENXIO), and none can be made.
/// </remarks>
internal sealed class HostMount
{
    private const int MaxOpenDirectories = 256;
    private static ulong _lastDevice = 0x10000;
    private readonly Lock _lock = new();
    private readonly Dictionary<(ulong Device, ulong Inode), WeakReference<HostNode>> _nodes = [];
    private readonly LinkedList<HostDirectory> _open = [];   // most recently used first
    private int _sweepAt = 1024;

    private HostMount(string path, HostAccess access, bool readOnly, Credentials owner)
    {
        HostPath = path;
        Access = access;
        IsReadOnly = readOnly;
        Owner = owner;
    }

    /// <summary>Root of the mount: a directory or a file.</summary>
    public Node Root { get; private set; } = null!;

    /// <summary>Whether every change is refused with EROFS.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Who owns everything in it.</summary>
    public Credentials Owner { get; }

    /// <summary>Permission bits that every file and directory shows besides its own: where the host's say nothing of a program.</summary>
    public int AddedMode { get; private init; }

    internal HostAccess Access { get; }

    internal string HostPath { get; }

    internal ulong Device { get; } = Interlocked.Increment(ref _lastDevice);

    /// <summary>Opens a mount. ENOENT, EACCES, ENOTDIR; ENXIO for what is neither directory nor regular file.</summary>
    /// <param name="path">A path of the host, .NET text; its links are followed, now and once.</param>
    /// <param name="readOnly">Whether changes are refused.</param>
    /// <param name="owner">Who owns everything in it.</param>
    /// <param name="mount">The mount.</param>
    /// <param name="access">The platform's calls; the best ones if not given.</param>
    /// <param name="addedMode">Permission bits that everything in it shows besides its own.</param>
    public static Errno Open(string path, bool readOnly, Credentials owner, out HostMount? mount, HostAccess? access = null, int addedMode = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        mount = null;
        if (path.Contains('\0', StringComparison.Ordinal))
            return Errno.EINVAL;
        path = Path.GetFullPath(path);
        access ??= HostAccess.Default;
        Errno errno = access.Find(path, out HostStatus status);
        if (errno != Errno.None)
            return errno;
        var made = new HostMount(path, access, readOnly, owner) { AddedMode = addedMode };
        if (status.Type == FileType.Directory)
        {
            errno = access.OpenRoot(path, out SafeHandle? handle);
            if (errno != Errno.None)
                return errno;
            made.Root = new HostDirectory(made, null, "", status, handle);
        }
        else if (status.Type == FileType.Regular)
        {
            string real = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            errno = access.OpenRoot(Path.GetDirectoryName(real)!, out SafeHandle? handle);
            if (errno != Errno.None)
                return errno;
            var directory = new HostDirectory(made, null, "", default, handle);
            made.Root = new HostFile(made, directory, ByteText.FromText(Path.GetFileName(real)), status, isRoot: true);
        }
        else
        {
            return Errno.ENXIO;
        }

        mount = made;
        return Errno.None;
    }

    /// <summary>The one node of a host file, so that whoever meets it by whatever name sees the same.</summary>
    internal HostNode NodeOf(HostDirectory parent, string name, in HostStatus status)
    {
        lock (_lock)
        {
            (ulong, ulong) key = (status.Device, status.Inode);
            if (status.Inode != 0 && _nodes.TryGetValue(key, out WeakReference<HostNode>? known)
                && known.TryGetTarget(out HostNode? node) && node.Type == status.Type)
            {
                node.SetPlace(parent, name);
                return node;
            }

            if (_nodes.Count >= _sweepAt)
                Sweep();
            node = status.Type == FileType.Directory
                ? new HostDirectory(this, parent, name, status, null)
                : new HostFile(this, parent, name, status);
            _nodes[key] = new WeakReference<HostNode>(node);
            return node;
        }
    }

    /// <summary>Opens a directory's handle where it is not open, from the nearest one above that is; holds it open until given back.</summary>
    internal Errno Acquire(HostDirectory directory, out SafeHandle? handle)
    {
        lock (_lock)
        {
            Stack<HostDirectory>? missing = null;
            HostDirectory at = directory;
            while (at.Handle is null)
            {
                if (at.ParentDirectory is not { } parent)
                {
                    handle = null;
                    return Errno.ESTALE;
                }

                (missing ??= []).Push(at);
                at = parent;
            }

            while (missing is not null && missing.TryPop(out HostDirectory? next))
            {
                Errno errno = Access.OpenDirectory(at.Handle!, next.Name, out SafeHandle? opened, out HostStatus status);
                if (errno == Errno.None && !status.IsSame(next.Seen))
                {
                    opened!.Dispose();
                    errno = Errno.ESTALE;
                }

                if (errno != Errno.None)
                {
                    handle = null;
                    return errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP ? Errno.ESTALE : errno;
                }

                next.Handle = opened;
                next.Place = _open.AddFirst(next);
                at = next;
            }

            if (at.Place is { } place && _open.First != place)
            {
                _open.Remove(place);
                _open.AddFirst(place);
            }

            handle = at.Handle!;
            bool held = false;
            handle.DangerousAddRef(ref held);
            while (_open.Count > MaxOpenDirectories)
                CloseLast();
            return Errno.None;
        }
    }

    /// <summary>Closes what is open; whatever is asked afterwards gives ESTALE.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            while (_open.Count > 0)
                CloseLast();
            HostDirectory top = Root as HostDirectory ?? ((HostNode)Root).ParentDirectory!;
            top.Handle?.Dispose();
            top.Handle = null;
        }
    }

    /// <summary>Gives a handle back.</summary>
    internal static void Give(SafeHandle handle) => handle.DangerousRelease();

    internal Errno GetStatus(out FileSystemStatus status)
    {
        status = new FileSystemStatus { TypeName = "hostfs", Magic = 0x00c0ffee, BlockSize = 4096 };
        try
        {
            var drive = new DriveInfo(HostPath);
            status.Blocks = drive.TotalSize / 4096;
            status.FreeBlocks = drive.AvailableFreeSpace / 4096;
            status.Nodes = status.Blocks;
            status.FreeNodes = status.FreeBlocks;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // A drive that does not tell has no figures.
        }

        return Errno.None;
    }

    private void CloseLast()
    {
        HostDirectory oldest = _open.Last!.Value;
        _open.RemoveLast();
        oldest.Place = null;
        oldest.Handle!.Dispose();
        oldest.Handle = null;
    }

    private void Sweep()
    {
        foreach (((ulong, ulong) key, WeakReference<HostNode> node) in _nodes)
        {
            if (!node.TryGetTarget(out _))
                _nodes.Remove(key);
        }

        _sweepAt = Math.Max(1024, _nodes.Count * 2);
    }
}
