namespace PSSandbox.FileSystem;

/// <summary>An open directory whose entries were listed at once; reading from the beginning again lists them anew.</summary>
internal sealed class ListedDirectory : OpenDirectory
{
    private readonly ulong _inode;
    private readonly ulong _parentInode;
    private readonly Func<List<DirectoryEntry>> _list;
    private List<DirectoryEntry> _entries;
    private bool _read;

    /// <summary>Makes a description.</summary>
    /// <param name="node">The directory.</param>
    /// <param name="flags">How it was opened.</param>
    /// <param name="inode">Its number.</param>
    /// <param name="parentInode">The number of the one above.</param>
    /// <param name="entries">Its entries, without "." and "..".</param>
    /// <param name="list">Lists them anew.</param>
    public ListedDirectory(Node node, OpenFlags flags, ulong inode, ulong parentInode, List<DirectoryEntry> entries, Func<List<DirectoryEntry>> list)
        : base(node, flags)
    {
        _inode = inode;
        _parentInode = parentInode;
        _entries = entries;
        _list = list;
    }

    /// <inheritdoc/>
    public override Errno ReadDirectory(ref long cookie, out DirectoryEntry? entry)
    {
        entry = null;
        if (cookie <= 0)
        {
            if (_read)
                _entries = _list();
            _read = true;
            cookie = 1;
            entry = new DirectoryEntry(".", _inode, FileType.Directory);
        }
        else if (cookie == 1)
        {
            cookie = 2;
            entry = new DirectoryEntry("..", _parentInode, FileType.Directory);
        }
        else if (cookie - 2 < _entries.Count)
        {
            entry = _entries[(int)(cookie - 2)];
            cookie++;
        }

        return Errno.None;
    }
}
