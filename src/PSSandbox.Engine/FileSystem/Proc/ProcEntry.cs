namespace PSSandbox.FileSystem;

/// <summary>One name of /proc with what makes its node.</summary>
/// <param name="Name">The name.</param>
/// <param name="Number">Number among the entries of one process, for the inode.</param>
/// <param name="Type">What it is.</param>
/// <param name="Factory">Makes the node: of which directory, process id, owner and inode.</param>
internal sealed record ProcEntry(string Name, int Number, FileType Type, Func<ProcFileSystem, ProcDirectory, int, Credentials, ulong, Node> Factory)
{
    /// <summary>A file whose content is made when it is read.</summary>
    public static ProcEntry File(string name, int number, Func<ProcFileSystem, string> content, Func<ProcFileSystem, string, Errno>? write = null) =>
        new(name, number, FileType.Regular, (files, _, _, owner, inode) =>
            new ProcFile(files, inode, write is null ? 0x124 : 0x1a4, owner, () => content(files), write is null ? null : text => write(files, text)));

    /// <summary>A file of a process; once that has ended, reading it gives ESRCH.</summary>
    public static ProcEntry File(string name, int number, int mode, Func<ProcFileSystem, IProcessView, string> content) =>
        new(name, number, FileType.Regular, (files, _, process, owner, inode) =>
            new ProcFile(files, inode, mode, owner, () => files.Source.Find(process) is { } view ? content(files, view) : null, null));

    /// <summary>A link.</summary>
    public static ProcEntry Link(string name, int number, Func<ProcFileSystem, IBlockingCaller?, string?> target) =>
        new(name, number, FileType.SymbolicLink, (files, _, _, owner, inode) => new ProcLink(files, inode, owner, caller => target(files, caller), null));

    /// <summary>A link of a process to a node.</summary>
    public static ProcEntry Link(string name, int number, Func<ProcFileSystem, IProcessView, string> target, Func<IProcessView, Node?>? node) =>
        new(name, number, FileType.SymbolicLink, (files, _, process, owner, inode) => new ProcLink(
            files, inode, owner,
            _ => files.Source.Find(process) is { } view ? target(files, view) : null,
            node is null ? null : () => files.Source.Find(process) is { } view ? node(view) : null));

    /// <summary>A directory with a fixed list of entries.</summary>
    public static ProcEntry Table(string name, int number, params ProcEntry[] entries) =>
        new(name, number, FileType.Directory, (files, parent, process, owner, _) => new ProcTable(files, parent, name, entries, number, process, owner));

    /// <summary>Finds an entry by its name.</summary>
    public static ProcEntry? Find(ProcEntry[] entries, ReadOnlySpan<char> name)
    {
        foreach (ProcEntry entry in entries)
        {
            if (name.SequenceEqual(entry.Name))
                return entry;
        }

        return null;
    }

    /// <summary>Makes the node.</summary>
    public Node Make(ProcFileSystem files, ProcDirectory parent, int process, Credentials owner) =>
        Factory(files, parent, process, owner, ProcFileSystem.Number(process, Number));

    /// <summary>The entry as a directory lists it.</summary>
    public DirectoryEntry Describe(int process) => new(Name, ProcFileSystem.Number(process, Number), Type);
}
