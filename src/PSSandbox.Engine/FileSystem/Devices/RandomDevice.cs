namespace PSSandbox.FileSystem;

/// <summary><c>/dev/random</c> and <c>/dev/urandom</c>: never block; what is written is forgotten.</summary>
internal sealed class RandomDevice(Node node, OpenFlags flags, Action<Span<byte>> random) : StreamDevice(node, flags)
{
    /// <summary>Most bytes of one read, so that a signal gets through soon.</summary>
    private const int MaxRead = 1 << 20;

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
}
