namespace PSSandbox.FileSystem;

/// <summary>A directory that is open: entries are read of it, bytes are not.</summary>
internal abstract class OpenDirectory(Node node, OpenFlags flags) : OpenFile(node, flags)
{
    /// <inheritdoc/>
    public sealed override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count) => ReadAt(buffer, 0, out count);

    /// <inheritdoc/>
    public sealed override Errno ReadAt(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        return Errno.EISDIR;
    }

    /// <inheritdoc/>
    public abstract override Errno ReadDirectory(ref long cookie, out DirectoryEntry? entry);
}
