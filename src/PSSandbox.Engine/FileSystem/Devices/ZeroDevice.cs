namespace PSSandbox.FileSystem;

/// <summary><c>/dev/zero</c>, and <c>/dev/full</c>, to which every write fails with ENOSPC.</summary>
internal sealed class ZeroDevice(Node node, OpenFlags flags, bool full) : OpenFile(node, flags)
{
    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count) => ReadAt(buffer, 0, out count);

    /// <inheritdoc/>
    public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count) => WriteAt(buffer, 0, out count);

    /// <inheritdoc/>
    public override Errno ReadAt(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (!CanRead)
            return Errno.EBADF;
        buffer.Clear();
        count = buffer.Length;
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno WriteAt(ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (!CanWrite)
            return Errno.EBADF;
        if (full)
            return Errno.ENOSPC;
        count = buffer.Length;
        return Errno.None;
    }

    /// <summary>Succeeds and stays at 0, as on Linux.</summary>
    public override Errno Seek(long offset, SeekOrigin origin, out long position)
    {
        position = 0;
        return Errno.None;
    }
}
