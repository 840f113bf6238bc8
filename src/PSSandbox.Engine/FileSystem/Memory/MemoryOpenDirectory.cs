namespace PSSandbox.FileSystem;

/// <summary>A directory of memory that is open.</summary>
internal sealed class MemoryOpenDirectory : OpenDirectory
{
    private readonly MemoryDirectory _directory;

    internal MemoryOpenDirectory(MemoryDirectory directory, OpenFlags flags)
        : base(directory, flags)
    {
        _directory = directory;
        directory.AddOpen();
    }

    /// <inheritdoc/>
    public override Errno ReadDirectory(ref long cookie, out DirectoryEntry? entry)
    {
        entry = _directory.Next(ref cookie);
        return Errno.None;
    }

    /// <inheritdoc/>
    protected override void OnClose() => _directory.DropOpen();
}
