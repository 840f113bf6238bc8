namespace PSSandbox.FileSystem;

/// <summary><c>/dev/null</c>: nothing comes out, everything goes in.</summary>
internal sealed class NullDevice(Node node, OpenFlags flags) : StreamDevice(node, flags)
{
    /// <inheritdoc/>
    public override Errno ReadAt(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        return CanRead ? Errno.None : Errno.EBADF;
    }
}
