namespace PSSandbox.FileSystem;

/// <summary>A device without a place: reads and writes mean the same wherever they are asked for.</summary>
internal abstract class StreamDevice(Node node, OpenFlags flags) : OpenFile(node, flags)
{
    /// <inheritdoc/>
    public sealed override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count) => ReadAt(buffer, 0, out count);

    /// <inheritdoc/>
    public sealed override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count) => WriteAt(buffer, 0, out count);

    /// <summary>Everything goes in and is forgotten.</summary>
    public override Errno WriteAt(ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        bool may = CanWrite;
        count = may ? buffer.Length : 0;
        return may ? Errno.None : Errno.EBADF;
    }

    /// <summary>Succeeds and stays at 0, as on Linux.</summary>
    public sealed override Errno Seek(long offset, SeekOrigin origin, out long position)
    {
        position = 0;
        return Errno.None;
    }
}
