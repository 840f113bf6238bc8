namespace PSSandbox.FileSystem;

/// <summary>A directory of an image.</summary>
internal sealed class FrozenDirectory : FrozenNode
{
    private readonly Dictionary<string, int> _index;

    internal FrozenDirectory(FrozenEntry[] entries)
    {
        Entries = entries;
        _index = Index(entries);
    }

    internal FrozenDirectory(MemoryDirectory directory, FrozenEntry[] entries)
        : base(directory)
    {
        Entries = entries;
        _index = Index(entries);
    }

    /// <inheritdoc/>
    public override FileType Type => FileType.Directory;

    /// <summary>Its entries, in the order in which they were made.</summary>
    public FrozenEntry[] Entries { get; }

    /// <summary>Finds an entry by its name.</summary>
    public bool TryFind(ReadOnlySpan<char> name, out int index) =>
        _index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out index);

    private static Dictionary<string, int> Index(FrozenEntry[] entries)
    {
        var index = new Dictionary<string, int>(entries.Length, StringComparer.Ordinal);
        for (int i = 0; i < entries.Length; i++)
            index.Add(entries[i].Name, i);
        return index;
    }
}
