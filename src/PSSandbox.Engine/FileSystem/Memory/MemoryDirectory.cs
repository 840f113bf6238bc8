namespace PSSandbox.FileSystem;

/// <summary>
/// A directory in memory. While its names are still those of an image's directory, it holds only the nodes that were
/// looked up; the first change of a name gives it a table of its own.
/// </summary>
/// <remarks>
/// Lock order: <see cref="MemoryFileSystem.RenameLock"/> before a second directory, directories before other nodes.
/// </remarks>
internal sealed partial class MemoryDirectory : MemoryNode
{
    private const int EntryCost = 64;

    private FrozenDirectory? _image;            // its names are those, while set
    private MemoryNode?[]? _thawed;             // nodes of _image's entries that were looked up
    private Dictionary<string, Entry>? _entries;
    private List<Entry>? _order;                // by sequence number; removed ones stay until compacted
    private int _removedEntries;
    private long _lastSequence;
    private readonly FrozenDirectory? _origin;

    internal MemoryDirectory(MemoryFileSystem fileSystem, ulong inode, in NodeCreation creation)
        : base(fileSystem, inode, creation) => Links = 2;

    internal MemoryDirectory(MemoryFileSystem fileSystem, FrozenDirectory frozen)
        : base(fileSystem, frozen)
    {
        _image = _origin = frozen;
        _lastSequence = frozen.Entries.Length;
    }

    internal MemoryDirectory(MemoryFileSystem fileSystem, ForeignDirectory foreign)
        : base(fileSystem, foreign)
    {
        _foreign = foreign.Lower;
        Links = 2;
    }

    private sealed class Entry
    {
        public required string Name;
        public required long Sequence;
        public MemoryNode? Node;
        public FrozenNode? Frozen;      // while Node is null
        public bool Charged;
        public bool Removed;
    }

    /// <inheritdoc/>
    public override FileType Type => FileType.Directory;

    /// <inheritdoc/>
    public override Errno Lookup(ReadOnlySpan<char> name, out Node? child)
    {
        lock (this)
        {
            Errno errno = Load();
            child = errno == Errno.None ? Find(name) : null;
            return errno != Errno.None ? errno : child is null ? Errno.ENOENT : Errno.None;
        }
    }

    /// <inheritdoc/>
    public override Errno Create(ReadOnlySpan<char> name, in NodeCreation creation, out Node? child)
    {
        child = null;
        Errno errno = CheckName(name);
        if (errno != Errno.None)
            return errno;
        lock (this)
        {
            errno = Links == 0 ? Errno.ENOENT : Load();
            if (errno != Errno.None)
                return errno;
            if (Find(name) is not null)
                return Errno.EEXIST;
            if (creation.Type == FileType.Directory && Links >= 65000)
                return Errno.EMLINK;
            int cost = (creation.Target?.Length ?? 0) * 2;
            if (!FileSystem.Account.TryTakeNode(cost + NameCost(name)))
                return Errno.ENOSPC;
            MemoryNode node = MakeNode(creation);
            Add(new string(name), node);
            if (node.IsDirectory)
                Links++;
            TouchContent();
            child = node;
            return Errno.None;
        }
    }

    /// <inheritdoc/>
    public override Errno Link(ReadOnlySpan<char> name, Node target)
    {
        if (target is not MemoryNode node || node.FileSystem != FileSystem)
            return Errno.EXDEV;
        if (node.IsDirectory)
            return Errno.EPERM;
        Errno errno = CheckName(name);
        if (errno != Errno.None)
            return errno;
        lock (this)
        {
            errno = Links == 0 ? Errno.ENOENT : Load();
            if (errno != Errno.None)
                return errno;
            if (Find(name) is not null)
                return Errno.EEXIST;
            if (!TakeName(name))
                return Errno.ENOSPC;
            errno = node.AddLink();
            if (errno != Errno.None)
            {
                FileSystem.Account.Give(NameCost(name));
                return errno;
            }

            Add(new string(name), node);
            TouchContent();
            return Errno.None;
        }
    }

    /// <inheritdoc/>
    public override Errno Remove(ReadOnlySpan<char> name, bool directory)
    {
        if (!directory)
        {
            lock (this)
                return RemoveLocked(name, directory: false);
        }

        lock (FileSystem.RenameLock)
        {
            lock (this)
                return RemoveLocked(name, directory: true);
        }
    }

    /// <inheritdoc/>
    public override Errno Rename(ReadOnlySpan<char> name, Node newParent, ReadOnlySpan<char> newName)
    {
        if (newParent is not MemoryDirectory to || to.FileSystem != FileSystem)
            return Errno.EXDEV;
        Errno errno = CheckName(newName);
        if (errno != Errno.None)
            return errno;
        lock (FileSystem.RenameLock)
        {
            lock (this)
            {
                lock (to)
                    return RenameLocked(name, to, newName);
            }
        }
    }

    /// <inheritdoc/>
    public override Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        file = new MemoryOpenDirectory(this, flags);
        return Errno.None;
    }

    private protected override void FillStatus(ref FileStatus status)
    {
        status.Size = 4096;
        status.AllocatedBytes = 4096;
    }

    private protected override Errno SetSize(long size) => Errno.EISDIR;

    private static int NameCost(ReadOnlySpan<char> name) => EntryCost + (name.Length * 2);

    private static Errno CheckName(ReadOnlySpan<char> name) =>
        name.Length > VirtualFileSystem.MaxName ? Errno.ENAMETOOLONG
        : name.IsEmpty || name.ContainsAny('/', '\0') ? Errno.EINVAL
        : name is "." or ".." ? Errno.EEXIST
        : Errno.None;

    private bool TakeName(ReadOnlySpan<char> name)
    {
        if (FileSystem.Account.TryTake(NameCost(name)))
            return true;
        FileSystem.Account.Report(StorageLimit.Bytes);
        return false;
    }

    private MemoryNode MakeNode(in NodeCreation creation)
    {
        NodeCreation made = creation;
        if ((Mode & 0x400) != 0)
        {
            // What is made in a set-group-id directory gets its group, and a directory the bit as well.
            made = made with
            {
                Owner = made.Owner with { GroupId = GroupId },
                Mode = made.Type == FileType.Directory ? made.Mode | 0x400 : made.Mode,
            };
        }

        ulong inode = FileSystem.NextInode();
        return made.Type switch
        {
            FileType.Regular => new MemoryFile(FileSystem, inode, made),
            FileType.Directory => new MemoryDirectory(FileSystem, inode, made),
            FileType.SymbolicLink => new MemorySymbolicLink(FileSystem, inode, made),
            FileType.Fifo => new MemoryFifo(FileSystem, inode, made),
            _ => new MemoryDevice(FileSystem, inode, made),
        };
    }

    private MemoryNode? Find(ReadOnlySpan<char> name)
    {
        if (_entries is { } entries)
            return entries.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out Entry? entry) ? NodeOf(entry) : null;
        if (_image is not { } image || !image.TryFind(name, out int index))
            return null;
        _thawed ??= new MemoryNode?[image.Entries.Length];
        return _thawed[index] ??= FileSystem.Thaw(image.Entries[index].Node, this, image.Entries[index].Name);
    }

    private MemoryNode NodeOf(Entry entry)
    {
        if (entry.Node is null)
        {
            entry.Node = FileSystem.Thaw(entry.Frozen!, this, entry.Name);
            entry.Frozen = null;
        }

        return entry.Node;
    }

    /// <summary>The table of names, taken over from the image if it is still that.</summary>
    private Dictionary<string, Entry> Own()
    {
        if (_entries is not null)
            return _entries;
        FrozenEntry[] frozen = _image?.Entries ?? [];
        _entries = new Dictionary<string, Entry>(frozen.Length, StringComparer.Ordinal);
        _order = new List<Entry>(frozen.Length);
        for (int i = 0; i < frozen.Length; i++)
        {
            MemoryNode? node = _thawed?[i];
            var entry = new Entry { Name = frozen[i].Name, Sequence = i + 1, Node = node, Frozen = node is null ? frozen[i].Node : null };
            _entries.Add(entry.Name, entry);
            _order.Add(entry);
        }

        _image = null;
        _thawed = null;
        return _entries;
    }

    private void Add(string name, MemoryNode node)
    {
        var entry = new Entry { Name = name, Sequence = ++_lastSequence, Node = node, Charged = true };
        Own().Add(name, entry);
        _order!.Add(entry);
        node.SetPlace(this, name);
    }

    private void Discard(Entry entry)
    {
        _entries!.Remove(entry.Name);
        entry.Removed = true;
        if (entry.Charged)
            FileSystem.Account.Give(NameCost(entry.Name));
        if (++_removedEntries > 32 && _removedEntries > _entries.Count)
        {
            _order!.RemoveAll(e => e.Removed);
            _removedEntries = 0;
        }
    }

    private bool IsEmpty()
    {
        lock (this)
            return Load() == Errno.None && (_entries is not null ? _entries.Count == 0 : _image is null || _image.Entries.Length == 0);
    }

    private Errno RemoveLocked(ReadOnlySpan<char> name, bool directory)
    {
        Errno errno = Load();
        if (errno != Errno.None)
            return errno;
        MemoryNode? node = Find(name);
        if (node is null)
            return Errno.ENOENT;
        if (node is MemoryDirectory child)
        {
            if (!directory)
                return Errno.EISDIR;
            lock (child)
            {
                if (!child.IsEmpty())
                    return Errno.ENOTEMPTY;
                Discard(Own().GetAlternateLookup<ReadOnlySpan<char>>()[name]);
                child.DropLink(this, child.Name);
            }

            Links--;
        }
        else
        {
            if (directory)
                return Errno.ENOTDIR;
            Entry entry = Own().GetAlternateLookup<ReadOnlySpan<char>>()[name];
            Discard(entry);
            node.DropLink(this, entry.Name);
        }

        TouchContent();
        return Errno.None;
    }

    private Errno RenameLocked(ReadOnlySpan<char> name, MemoryDirectory to, ReadOnlySpan<char> newName)
    {
        Errno errno = Load();
        if (errno == Errno.None)
            errno = to.Load();
        if (errno != Errno.None)
            return errno;
        MemoryNode? node = Find(name);
        if (node is null || to.Links == 0)
            return Errno.ENOENT;
        MemoryNode? replaced = to.Find(newName);
        if (node == replaced)
            return Errno.None;
        if (node is MemoryDirectory)
        {
            for (Node? up = to; up is not null; up = up.Parent)
            {
                if (up == node)
                    return Errno.EINVAL;
            }

            if (replaced is not null && replaced is not MemoryDirectory)
                return Errno.ENOTDIR;
        }
        else if (replaced is MemoryDirectory)
        {
            return Errno.EISDIR;
        }

        if (replaced is MemoryDirectory emptied && !emptied.IsEmpty())
            return Errno.ENOTEMPTY;
        if (node.IsDirectory && to != this && replaced is null && to.Links >= 65000)
            return Errno.EMLINK;

        Entry old = Own().GetAlternateLookup<ReadOnlySpan<char>>()[name];
        if (replaced is not null)
        {
            // The name changes hands without ever being gone.
            Entry taken = to.Own().GetAlternateLookup<ReadOnlySpan<char>>()[newName];
            taken.Node = node;
            taken.Frozen = null;
            replaced.DropLink(to, taken.Name);
            if (replaced.IsDirectory)
                to.Links--;
            node.SetPlace(to, taken.Name);
        }
        else
        {
            if (!TakeName(newName))
                return Errno.ENOSPC;
            to.Add(new string(newName), node);
        }

        Discard(old);
        if (node.IsDirectory)
        {
            Links--;
            to.Links++;
        }

        TouchContent();
        if (to != this)
            to.TouchContent();
        node.Renamed();
        return Errno.None;
    }
}
