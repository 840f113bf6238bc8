namespace PSSandbox.FileSystem;

/// <summary><c>/dev/zero</c>, and <c>/dev/full</c>, to which every write fails with ENOSPC.</summary>
internal sealed class ZeroDevice(Node node, OpenFlags flags, bool full) : StreamDevice(node, flags)
{
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
        if (!full || !CanWrite)
            return base.WriteAt(buffer, offset, out count);
        count = 0;
        return Errno.ENOSPC;
    }
}
