using System.Text;

namespace PSSandbox.FileSystem;

/// <content>Mounting, and crossing mount points.</content>
internal sealed partial class VirtualFileSystem
{
    private readonly Lock _mountLock = new();
    private volatile Mounted[] _mounts;

    private sealed record Mounted(Node? Covered, Node Root, MountEntry Description);

    /// <summary>What is mounted, the root file system first.</summary>
    public IReadOnlyList<MountEntry> Mounts => Array.ConvertAll(_mounts, m => m.Description);

    /// <summary>
    /// Mounts a node over another: a directory over a directory, anything else over a file. A later mount at the same place hides the former.
    /// ENOTDIR, EBUSY for the root.
    /// </summary>
    public Errno Mount(in PathContext c, ReadOnlySpan<char> path, Node root, MountEntry description)
    {
        Errno errno = Resolve(c, path, followLast: true, out Node? node);
        if (errno != Errno.None)
            return errno;
        if (node!.IsDirectory != root.IsDirectory)
            return Errno.ENOTDIR;
        if (node == Root)
            return Errno.EBUSY;
        lock (_mountLock)
        {
            _mounts = [.. _mounts, new Mounted(node, root, description)];
            node.IsMountPoint = true;
        }

        return Errno.None;
    }

    /// <summary>Takes the mount at a path away again. EINVAL where nothing is mounted, EBUSY for the root or while another mount lies in it.</summary>
    public Errno Unmount(in PathContext c, ReadOnlySpan<char> path)
    {
        Errno errno = Resolve(c, path, followLast: true, out Node? node);
        if (errno != Errno.None)
            return errno;
        lock (_mountLock)
        {
            int found = Array.FindLastIndex(_mounts, m => m.Root == node);
            if (found < 0)
                return Errno.EINVAL;
            if (found == 0)
                return Errno.EBUSY;
            Mounted gone = _mounts[found];
            foreach (Mounted other in _mounts)
            {
                if (other.Covered is { } covered && other != gone && IsWithin(covered, gone.Root))
                    return Errno.EBUSY;
            }

            _mounts = Array.FindAll(_mounts, m => m != gone);
            gone.Covered!.IsMountPoint = Array.Exists(_mounts, m => m.Covered == gone.Covered);
        }

        return Errno.None;
    }

    /// <summary>
    /// The absolute path of a directory as seen from a root, crossing mounts; also of a file that knows where it is.
    /// Empty if the node was removed or cannot be reached from that root.
    /// </summary>
    public string PathOf(Node directory, Node root)
    {
        var names = new List<string>();
        int length = 0;
        Node node = directory;
        while (node != root)
        {
            if (node.Parent is { } parent)
            {
                if (node.IsRemoved)
                    return "";
                names.Add(node.Name);
                length += node.Name.Length + 1;
                node = parent;
            }
            else if (CoveredBy(node) is { } covered)
            {
                node = covered;
            }
            else
            {
                return "";
            }
        }

        if (names.Count == 0)
            return "/";
        var path = new StringBuilder(length);
        for (int i = names.Count - 1; i >= 0; i--)
            path.Append('/').Append(names[i]);
        return path.ToString();
    }

    private static bool IsWithin(Node node, Node directory)
    {
        for (Node? up = node; up is not null; up = up.Parent)
        {
            if (up == directory)
                return true;
        }

        return false;
    }

    /// <summary>What is seen at a node: itself, or the root of what is mounted over it.</summary>
    private Node Cross(Node node)
    {
        while (node.IsMountPoint)
        {
            Mounted? top = null;
            foreach (Mounted mount in _mounts)
            {
                if (mount.Covered == node)
                    top = mount;
            }

            if (top is null || top.Root == node)
                break;
            node = top.Root;
        }

        return node;
    }

    /// <summary>The node that a mounted root covers.</summary>
    private Node? CoveredBy(Node root)
    {
        foreach (Mounted mount in _mounts)
        {
            if (mount.Root == root)
                return mount.Covered;
        }

        return null;
    }

    /// <summary>The directory above, which ends at the root of the asking process.</summary>
    private Node Up(Node directory, Node root)
    {
        Node node = directory;
        while (node != root)
        {
            if (node.Parent is { } parent)
                return Cross(parent);
            if (CoveredBy(node) is not { } covered)
                return node;
            node = covered;
        }

        return node;
    }
}
