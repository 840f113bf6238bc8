namespace PSSandbox.FileSystem;

/// <summary><c>/dev/random</c> and <c>/dev/urandom</c>: never block; what is written is forgotten.</summary>
internal sealed class RandomDevice(Node node, OpenFlags flags, Action<Span<byte>> random) : OpenFile(node, flags)
{
    /// <summary>Most bytes of one read, so that a signal gets through soon.</summary>
    private const int MaxRead = 1 << 20;

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
        count = Math.Min(buffer.Length, MaxRead);
        random(buffer[..count]);
        return Errno.None;
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
