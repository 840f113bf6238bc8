namespace PSSandbox.FileSystem;

/// <summary>The root of /proc: files of the system, then a directory for each process.</summary>
internal sealed class ProcRoot(ProcFileSystem fileSystem)
    : ProcDirectory(fileSystem, null, "", ProcFileSystem.Number(0, 0), 0x16d, Credentials.Root)
{
    /// <inheritdoc/>
    public override Errno Lookup(ReadOnlySpan<char> name, out Node? child)
    {
        if (name.Length > 0 && name[0] is >= '1' and <= '9')
        {
            child = int.TryParse(name, out int id) && FileSystem.Source.Find(id) is { } view ? new ProcProcess(FileSystem, this, view, name.ToString()) : null;
            return child is null ? Errno.ENOENT : Errno.None;
        }

        child = ProcEntry.Find(ProcSystem.Entries, name)?.Make(FileSystem, this, 0, Credentials.Root);
        return child is null ? Errno.ENOENT : Errno.None;
    }

    /// <inheritdoc/>
    public override DirectoryEntry? Next(ref long position)
    {
        ProcEntry[] entries = ProcSystem.Entries;
        if (position < entries.Length)
            return entries[position++].Describe(0);
        long last = position - entries.Length;
        foreach (int id in FileSystem.Source.Ids)
        {
            if (id <= last)
                continue;
            position = entries.Length + id;
            return new DirectoryEntry(id.ToString(), ProcFileSystem.Number(id, 0), FileType.Directory);
        }

        return null;
    }
}
