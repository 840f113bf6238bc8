namespace PSSandbox.FileSystem;

/// <summary>
/// A file system in memory, empty or over an <see cref="Image"/>, from which nodes are taken as they are first used
/// and copied as they are first written to.
/// </summary>
internal sealed class MemoryFileSystem
{
    private static ulong _lastDevice = 0x10;
    private readonly Lock _imageLinksLock = new();
    private Dictionary<FrozenNode, MemoryNode>? _imageLinks;
    private ulong _lastInode = 1;

    /// <summary>Makes an empty file system.</summary>
    /// <param name="account">What counts its bytes and inodes.</param>
    /// <param name="rootMode">Permission bits of its root, which user 0 owns.</param>
    /// <param name="typeName">Its type as /proc/mounts names it.</param>
    public MemoryFileSystem(StorageAccount account, int rootMode = 0x1ed, string typeName = "tmpfs")
    {
        ArgumentNullException.ThrowIfNull(account);
        Account = account;
        TypeName = typeName;
        Root = new MemoryDirectory(this, 1, new NodeCreation(FileType.Directory, rootMode, Credentials.Root));
    }

    /// <summary>Makes a file system over an image.</summary>
    public MemoryFileSystem(StorageAccount account, Image image, string typeName = "tmpfs")
    {
        ArgumentNullException.ThrowIfNull(account);
        Account = account;
        TypeName = typeName;
        _lastInode = image.LastInode;
        Root = new MemoryDirectory(this, image.Root);
    }

    /// <summary>Makes a file system over a directory of another: see <see cref="OverlayMount"/>.</summary>
    internal MemoryFileSystem(StorageAccount account, ForeignDirectory lower)
    {
        ArgumentNullException.ThrowIfNull(account);
        Account = account;
        TypeName = "overlay";
        _lastInode = 1UL << 56;     // above what lower file systems number
        Root = new MemoryDirectory(this, lower);
    }

    /// <summary>What counts its bytes and inodes.</summary>
    public StorageAccount Account { get; }

    /// <summary>Its type as /proc/mounts names it.</summary>
    public string TypeName { get; }

    /// <summary>Its number, other than every other's.</summary>
    public ulong Device { get; } = Interlocked.Increment(ref _lastDevice);

    /// <summary>Its root directory.</summary>
    public MemoryDirectory Root { get; }

    /// <summary>Opens device nodes; where it is null they give ENXIO.</summary>
    public IDeviceTable? Devices { get; init; } = DeviceTable.Default;

    /// <summary>Taken by whatever locks two directories, before either of them.</summary>
    internal Lock RenameLock { get; } = new();

    internal ulong LastInode => Volatile.Read(ref _lastInode);

    internal ulong NextInode() => Interlocked.Increment(ref _lastInode);

    /// <summary>
    /// Freezes the tree as it is now into an image. Goes node by node: what programs change meanwhile is in the image or not.
    /// </summary>
    public Image Freeze() => ImageFreezer.Freeze(this);

    internal Errno GetStatus(out FileSystemStatus status)
    {
        const int Block = 4096;
        const long Unlimited = 1L << 40;
        long blocks = Math.Min(Account.ByteLimit, Unlimited) / Block;
        long nodes = Math.Min(Account.NodeLimit, 1L << 24);
        status = new FileSystemStatus
        {
            TypeName = TypeName,
            Magic = 0x01021994,
            BlockSize = Block,
            Blocks = blocks,
            FreeBlocks = Math.Max(0, blocks - ((Account.Bytes + Block - 1) / Block)),
            Nodes = nodes,
            FreeNodes = Math.Max(0, nodes - Account.Nodes),
        };
        return Errno.None;
    }

    /// <summary>The live node of an image's node, made now.</summary>
    internal MemoryNode Thaw(FrozenNode frozen, MemoryDirectory parent, string name)
    {
        if (frozen.Links > 1 && frozen is not FrozenDirectory)
        {
            // All names of one node in the image must become one node here.
            lock (_imageLinksLock)
            {
                _imageLinks ??= [];
                if (!_imageLinks.TryGetValue(frozen, out MemoryNode? known))
                    _imageLinks[frozen] = known = Make();
                return known;
            }
        }

        return Make();

        MemoryNode Make()
        {
            MemoryNode node = frozen switch
            {
                FrozenDirectory directory => new MemoryDirectory(this, directory),
                FrozenFile file => new MemoryFile(this, file),
                ForeignDirectory directory => new MemoryDirectory(this, directory),
                ForeignFile file => new MemoryFile(this, file),
                FrozenSpecial special => MemoryNode.ThawSpecial(this, special),
                _ => throw new InvalidOperationException("an image holds nodes of no other kind"),
            };
            node.SetPlace(parent, name);
            return node;
        }
    }
}
