namespace PSSandbox.FileSystem;

/// <summary>A regular file of memory that is open. The file's lock guards the offset too.</summary>
internal sealed class MemoryOpenFile : OpenFile
{
    private readonly MemoryFile _file;
    private long _offset;

    internal MemoryOpenFile(MemoryFile file, OpenFlags flags)
        : base(file, flags)
    {
        _file = file;
        file.AddOpen();
    }

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = 0;
        if (!CanRead)
            return Errno.EBADF;
        lock (_file)
        {
            Errno errno = _file.ReadLocked(buffer, _offset, out count);
            _offset += count;
            return errno;
        }
    }

    /// <inheritdoc/>
    public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = 0;
        OpenFlags flags = Flags;
        if ((flags & OpenFlags.AccessMask) == OpenFlags.ReadOnly)
            return Errno.EBADF;
        lock (_file)
        {
            long offset = (flags & OpenFlags.Append) != 0 ? _file.LengthLocked : _offset;
            Errno errno = _file.WriteLocked(buffer, offset, out count);
            if (count > 0)
                _offset = offset + count;
            return errno;
        }
    }

    /// <inheritdoc/>
    public override Errno ReadAt(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        return !CanRead ? Errno.EBADF : offset < 0 ? Errno.EINVAL : _file.Read(buffer, offset, out count);
    }

    /// <inheritdoc/>
    public override Errno WriteAt(ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (!CanWrite)
            return Errno.EBADF;
        if (offset < 0)
            return Errno.EINVAL;
        lock (_file)
            return _file.WriteLocked(buffer, (Flags & OpenFlags.Append) != 0 ? _file.LengthLocked : offset, out count);
    }

    /// <inheritdoc/>
    public override Errno Seek(long offset, SeekOrigin origin, out long position)
    {
        lock (_file)
        {
            position = _offset;
            long start = origin switch
            {
                SeekOrigin.Begin => 0,
                SeekOrigin.Current => _offset,
                _ => _file.LengthLocked,
            };
            if (offset > long.MaxValue - start)
                return Errno.EOVERFLOW;
            if (start + offset < 0)
                return Errno.EINVAL;
            position = _offset = start + offset;
            return Errno.None;
        }
    }

    /// <inheritdoc/>
    public override Errno Allocate(long offset, long length) =>
        !CanWrite ? Errno.EBADF
        : offset < 0 || length <= 0 ? Errno.EINVAL
        : offset > long.MaxValue - length ? Errno.EFBIG
        : _file.Allocate(offset, length);

    /// <inheritdoc/>
    protected override void OnClose() => _file.DropOpen();
}
