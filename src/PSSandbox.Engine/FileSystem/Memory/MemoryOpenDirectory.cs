namespace PSSandbox.FileSystem;

/// <summary>A directory of memory that is open.</summary>
internal sealed class MemoryOpenDirectory : OpenFile
{
    private readonly MemoryDirectory _directory;

    internal MemoryOpenDirectory(MemoryDirectory directory, OpenFlags flags)
        : base(directory, flags)
    {
        _directory = directory;
        directory.AddOpen();
    }

    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = 0;
        return Errno.EISDIR;
    }

    /// <inheritdoc/>
    public override Errno ReadAt(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        return Errno.EISDIR;
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
