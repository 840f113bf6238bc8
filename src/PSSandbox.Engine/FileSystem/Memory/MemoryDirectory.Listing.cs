namespace PSSandbox.FileSystem;

/// <content>Reading a directory, loading it from a lower one, and freezing it.</content>
internal sealed partial class MemoryDirectory
{
    private Node? _foreign;     // its names are still to be read from there

    /// <summary>Reads the names of a lower directory, once. Called under the lock.</summary>
    private Errno Load()
    {
        if (_foreign is not { } lower)
            return Errno.None;
        Errno errno = lower.Open(OpenFlags.Directory, null, out OpenFile? file);
        if (errno != Errno.None)
            return errno;
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var order = new List<Entry>();
        int directories = 0;
        long cookie = 0;
        while ((errno = file!.ReadDirectory(ref cookie, out DirectoryEntry? found)) == Errno.None && found is { } entry)
        {
            // What vanishes between listing and look is not there.
            if (entry.Name is "." or ".." || lower.Lookup(entry.Name, out Node? child) != Errno.None
                || OverlayMount.Freeze(child!, out FrozenNode? frozen) != Errno.None)
                continue;
            var made = new Entry { Name = entry.Name, Sequence = order.Count + 1, Frozen = frozen };
            if (!entries.TryAdd(entry.Name, made))
                continue;
            order.Add(made);
            if (frozen!.Type == FileType.Directory)
                directories++;
        }

        file.Release();
        if (errno != Errno.None)
            return errno;
        _entries = entries;
        _order = order;
        _lastSequence = order.Count;
        Links = 2 + directories;
        _foreign = null;
        return Errno.None;
    }

    /// <summary>Gives the entry after a cookie: 0 and 1 stand before "." and "..", then 2 + the sequence number of the last one given.</summary>
    internal DirectoryEntry? Next(ref long cookie)
    {
        if (cookie <= 0)
        {
            cookie = 1;
            return new DirectoryEntry(".", Inode, FileType.Directory);
        }

        if (cookie == 1)
        {
            cookie = 2;
            return new DirectoryEntry("..", Parent is MemoryNode up ? up.Inode : Inode, FileType.Directory);
        }

        lock (this)
        {
            if (Links == 0 || Load() != Errno.None)
                return null;
            if (_order is { } order)
            {
                for (int i = IndexAfter(order, cookie - 2); i < order.Count; i++)
                {
                    Entry entry = order[i];
                    if (entry.Removed)
                        continue;
                    cookie = entry.Sequence + 2;
                    return entry.Node is { } node
                        ? new DirectoryEntry(entry.Name, node.Inode, node.Type)
                        : new DirectoryEntry(entry.Name, entry.Frozen!.Inode, entry.Frozen.Type);
                }

                return null;
            }

            if (_image is not { } image || cookie - 2 >= image.Entries.Length)
                return null;
            FrozenEntry frozen = image.Entries[cookie - 2];
            cookie++;
            return new DirectoryEntry(frozen.Name, frozen.Node.Inode, frozen.Node.Type);
        }
    }

    /// <summary>Gives the names with the nodes that are there, live or still frozen.</summary>
    internal List<(string Name, MemoryNode? Node, FrozenNode? Frozen)> Snapshot()
    {
        lock (this)
        {
            _ = Load();
            if (_order is { } order)
            {
                var list = new List<(string, MemoryNode?, FrozenNode?)>(_entries!.Count);
                foreach (Entry entry in order)
                {
                    if (!entry.Removed)
                        list.Add((entry.Name, entry.Node, entry.Frozen));
                }

                return list;
            }

            FrozenEntry[] frozen = _image?.Entries ?? [];
            var image = new List<(string, MemoryNode?, FrozenNode?)>(frozen.Length);
            for (int i = 0; i < frozen.Length; i++)
            {
                MemoryNode? node = _thawed?[i];
                image.Add((frozen[i].Name, node, node is null ? frozen[i].Node : null));
            }

            return image;
        }
    }

    /// <summary>Whether nothing in it was ever looked up or changed, so that it is still what the image has.</summary>
    internal FrozenDirectory? Untouched
    {
        get
        {
            lock (this)
                return !Changed && _thawed is null && _foreign is null ? _image : null;
        }
    }

    /// <summary>Makes the frozen directory of given frozen entries; the one that it came from, where that is the same.</summary>
    internal FrozenDirectory Freeze(FrozenEntry[] entries)
    {
        if (!Changed && _origin is { } origin && origin.Entries.Length == entries.Length)
        {
            int i = 0;
            while (i < entries.Length && entries[i].Node == origin.Entries[i].Node && entries[i].Name == origin.Entries[i].Name)
                i++;
            if (i == entries.Length)
                return origin;
        }

        return new FrozenDirectory(this, entries);
    }

    private static int IndexAfter(List<Entry> order, long sequence)
    {
        int low = 0;
        int high = order.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (order[middle].Sequence <= sequence)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
