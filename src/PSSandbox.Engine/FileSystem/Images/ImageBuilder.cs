namespace PSSandbox.FileSystem;

/// <summary>
/// Makes an <see cref="Image"/> entry by entry. Paths are absolute byte strings without "." or ".."; directories on the
/// way are made with mode 0755. A later entry of the same path replaces the earlier one, except that a directory keeps what is in it.
/// </summary>
internal sealed class ImageBuilder
{
    private readonly Entry _root = new(FileType.Directory, 0x1ed, default);
    private readonly long _time;

    /// <summary>Begins an empty image.</summary>
    /// <param name="time">Time of all entries, nanoseconds since 1970-01-01 UTC; now if not given.</param>
    public ImageBuilder(long? time = null) => _time = time ?? Timestamp.Now;

    private sealed class Entry(FileType type, int mode, Credentials owner)
    {
        public readonly FileType Type = type;
        public int Mode = mode;
        public Credentials Owner = owner;
        public FileContent? Content;
        public string? Target;
        public ulong Device;
        public FrozenNode? Foreign;
        public readonly List<(string Name, Entry Entry)> Children = [];
        public readonly Dictionary<string, int> Index = new(StringComparer.Ordinal);
    }

    /// <summary>Adds a directory, or sets mode and owner of one that is there.</summary>
    public ImageBuilder AddDirectory(string path, int mode = 0x1ed, Credentials owner = default)
    {
        Entry directory = Directory(path);
        directory.Mode = mode;
        directory.Owner = owner;
        return this;
    }

    /// <summary>Adds a file. The array is kept and shared by all file systems over the image: it must not change any more.</summary>
    public ImageBuilder AddFile(string path, byte[] content, int mode = 0x1a4, Credentials owner = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        Put(path, new Entry(FileType.Regular, mode, owner) { Content = FileContent.FromArray(content) });
        return this;
    }

    /// <summary>Adds a file of text, as a byte string.</summary>
    public ImageBuilder AddFile(string path, string content, int mode = 0x1a4, Credentials owner = default) =>
        AddFile(path, ByteText.ToBytes(content), mode, owner);

    /// <summary>Adds a symbolic link.</summary>
    public ImageBuilder AddSymbolicLink(string path, string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        Put(path, new Entry(FileType.SymbolicLink, 0x1ff, default) { Target = target });
        return this;
    }

    /// <summary>Adds a further name (hard link) of a file that was added.</summary>
    public ImageBuilder AddLink(string path, string existing)
    {
        if (Find(existing) is not { Type: not FileType.Directory } entry)
            throw new ArgumentException($"'{existing}' is no file of this image.", nameof(existing));
        Put(path, entry);
        return this;
    }

    /// <summary>Adds a character device.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="device">Its number, major &lt;&lt; 8 | minor.</param>
    /// <param name="mode">Permission bits.</param>
    public ImageBuilder AddDevice(string path, ulong device, int mode = 0x1b6)
    {
        Put(path, new Entry(FileType.CharacterDevice, mode, default) { Device = device });
        return this;
    }

    /// <summary>
    /// Adds a directory of another file system, whose status is taken now and whose names are read when a file system over
    /// the image first looks at them.
    /// </summary>
    /// <returns>Why it cannot be added, or none.</returns>
    public Errno AddForeign(string path, Node lower)
    {
        Errno error = OverlayMount.Freeze(lower, out FrozenNode? frozen);
        if (error == Errno.None && frozen is not ForeignDirectory)
            error = Errno.ENOTDIR;
        if (error == Errno.None)
            Put(path, new Entry(FileType.Directory, 0, default) { Foreign = frozen });
        return error;
    }

    /// <summary>Whether there is an entry of that path.</summary>
    public bool Contains(string path) => Find(path) is not null;

    /// <summary>Makes the image. The builder may go on afterwards.</summary>
    public Image Build()
    {
        ulong last = 0;
        var frozen = new Dictionary<Entry, FrozenNode>();
        var links = new Dictionary<Entry, int>();
        var order = new List<Entry> { _root };
        for (int i = 0; i < order.Count; i++)
        {
            foreach ((_, Entry child) in order[i].Children)
            {
                if (child.Foreign is not null)
                    frozen[child] = child.Foreign;
                else if (child.Type == FileType.Directory)
                    order.Add(child);
                else
                    links[child] = links.GetValueOrDefault(child) + 1;
            }
        }

        // Numbers from the root down; directories from the deepest up, since each holds its children.
        var numbers = order.ToDictionary(e => e, _ => ++last);
        for (int i = order.Count - 1; i >= 0; i--)
        {
            Entry directory = order[i];
            var entries = new FrozenEntry[directory.Children.Count];
            int subdirectories = 0;
            for (int c = 0; c < entries.Length; c++)
            {
                (string name, Entry child) = directory.Children[c];
                if (child.Type == FileType.Directory)
                    subdirectories++;
                if (!frozen.TryGetValue(child, out FrozenNode? node))
                    frozen[child] = node = Leaf(child, ++last, links[child]);
                entries[c] = new FrozenEntry(name, node);
            }

            frozen[directory] = new FrozenDirectory(entries)
            {
                Inode = numbers[directory],
                Mode = directory.Mode,
                UserId = directory.Owner.UserId,
                GroupId = directory.Owner.GroupId,
                Links = 2 + subdirectories,
                AccessTime = _time,
                ModificationTime = _time,
                ChangeTime = _time,
            };
        }

        return new Image((FrozenDirectory)frozen[_root], last);
    }

    private FrozenNode Leaf(Entry entry, ulong inode, int links) => entry.Content is { } content
        ? new FrozenFile(content)
        {
            Inode = inode, Mode = entry.Mode, UserId = entry.Owner.UserId, GroupId = entry.Owner.GroupId, Links = links,
            AccessTime = _time, ModificationTime = _time, ChangeTime = _time,
        }
        : new FrozenSpecial(entry.Type, entry.Target, entry.Device)
        {
            Inode = inode, Mode = entry.Mode, UserId = entry.Owner.UserId, GroupId = entry.Owner.GroupId, Links = links,
            AccessTime = _time, ModificationTime = _time, ChangeTime = _time,
        };

    private static string[] Split(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!path.StartsWith('/') || Array.Exists(names, n => n is "." or ".." || n.Length > VirtualFileSystem.MaxName || n.Contains('\0', StringComparison.Ordinal)))
            throw new ArgumentException($"'{path}' is no path of an image.", nameof(path));
        return names;
    }

    private Entry? Find(string path)
    {
        Entry? entry = _root;
        foreach (string name in Split(path))
        {
            if (!entry.Index.TryGetValue(name, out int index))
                return null;
            entry = entry.Children[index].Entry;
        }

        return entry;
    }

    private Entry Directory(string path)
    {
        Entry entry = _root;
        foreach (string name in Split(path))
        {
            if (!entry.Index.TryGetValue(name, out int index))
            {
                index = entry.Index[name] = entry.Children.Count;
                entry.Children.Add((name, new Entry(FileType.Directory, 0x1ed, default)));
            }

            entry = entry.Children[index].Entry;
            if (entry.Type != FileType.Directory || entry.Foreign is not null)
                throw new ArgumentException($"'{path}' leads through '{name}', which is no directory.", nameof(path));
        }

        return entry;
    }

    private void Put(string path, Entry entry)
    {
        string[] names = Split(path);
        if (names.Length == 0)
            throw new ArgumentException("The root of an image is a directory.", nameof(path));
        Entry directory = Directory("/" + string.Join('/', names[..^1]));
        string name = names[^1];
        if (directory.Index.TryGetValue(name, out int index))
        {
            if (directory.Children[index].Entry.Type == FileType.Directory)
                throw new ArgumentException($"'{path}' is a directory.", nameof(path));
            directory.Children[index] = (name, entry);
            return;
        }

        directory.Index[name] = directory.Children.Count;
        directory.Children.Add((name, entry));
    }
}
