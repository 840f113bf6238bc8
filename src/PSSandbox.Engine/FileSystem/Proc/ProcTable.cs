namespace PSSandbox.FileSystem;

/// <summary>A directory of /proc with a fixed list of entries.</summary>
internal sealed class ProcTable : ProcDirectory
{
    private readonly ProcEntry[] _entries;
    private readonly int _process;

    /// <summary>Makes a directory of entries that belong to no process, or to one.</summary>
    public ProcTable(ProcFileSystem fileSystem, ProcDirectory parent, string name, ProcEntry[] entries, int number, int process = 0, Credentials owner = default)
        : base(fileSystem, parent, name, ProcFileSystem.Number(process, number), 0x16d, owner)
    {
        _entries = entries;
        _process = process;
    }

    /// <inheritdoc/>
    public override Errno Lookup(ReadOnlySpan<char> name, out Node? child)
    {
        child = ProcEntry.Find(_entries, name)?.Make(FileSystem, this, _process, default);
        return child is null ? Errno.ENOENT : Errno.None;
    }

    /// <inheritdoc/>
    public override DirectoryEntry? Next(ref long position)
    {
        if (position >= _entries.Length)
            return null;
        return _entries[position++].Describe(_process);
    }
}
