namespace PSSandbox.FileSystem;

/// <summary><c>/dev/null</c>: nothing comes out, everything goes in.</summary>
internal sealed class NullDevice(Node node, OpenFlags flags) : OpenFile(node, flags)
{
    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count) => ReadAt(buffer, 0, out count);

    /// <inheritdoc/>
    public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count) => WriteAt(buffer, 0, out count);

    /// <inheritdoc/>
    public override Errno ReadAt(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        return CanRead ? Errno.None : Errno.EBADF;
    }

    /// <inheritdoc/>
    public override Errno WriteAt(ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        bool may = CanWrite;
        count = may ? buffer.Length : 0;
        return may ? Errno.None : Errno.EBADF;
    }

    /// <summary>Succeeds and stays at 0, as on Linux.</summary>
    public override Errno Seek(long offset, SeekOrigin origin, out long position)
    {
        position = 0;
        return Errno.None;
    }
}
