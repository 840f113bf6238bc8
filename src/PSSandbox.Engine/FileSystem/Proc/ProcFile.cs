namespace PSSandbox.FileSystem;

/// <summary>A file of /proc. Its content is made at the first read and again whenever it is read from the beginning.</summary>
internal sealed class ProcFile(ProcFileSystem fileSystem, ulong inode, int mode, Credentials owner, Func<string?> content, Func<string, Errno>? write)
    : ProcNode(fileSystem, inode, mode, owner)
{
    /// <inheritdoc/>
    public override FileType Type => FileType.Regular;

    /// <inheritdoc/>
    public override Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        file = null;
        if ((flags & OpenFlags.AccessMask) != OpenFlags.ReadOnly && write is null)
            return Errno.EACCES;
        file = new ProcOpenFile(this, flags, content, write);
        return Errno.None;
    }

    /// <summary>Truncating does nothing, as shells do it before they write.</summary>
    public override Errno SetStatus(in StatusChange change) =>
        write is not null && change is { Size: not null, Mode: null, UserId: null, GroupId: null } ? Errno.None : Errno.EPERM;

    private sealed class ProcOpenFile(ProcFile node, OpenFlags flags, Func<string?> content, Func<string, Errno>? write) : OpenFile(node, flags)
    {
        private readonly Lock _lock = new();
        private byte[]? _bytes;
        private long _offset;

        public override bool CanSeek => true;

        public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count)
        {
            lock (_lock)
            {
                Errno errno = ReadLocked(buffer, _offset, out count);
                _offset += count;
                return errno;
            }
        }

        public override Errno ReadAt(Span<byte> buffer, long offset, out int count)
        {
            lock (_lock)
                return ReadLocked(buffer, offset, out count);
        }

        public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count)
        {
            count = 0;
            if (!CanWrite || write is null)
                return Errno.EBADF;
            if (buffer.Length > 4096)
                return Errno.EINVAL;
            Errno errno = write(ByteText.FromBytes(buffer));
            count = errno == Errno.None ? buffer.Length : 0;
            return errno;
        }

        public override Errno Seek(long offset, SeekOrigin origin, out long position)
        {
            lock (_lock)
            {
                position = _offset;
                if (origin == SeekOrigin.End)
                    return Errno.EINVAL;
                long target = origin == SeekOrigin.Begin ? offset : offset > long.MaxValue - _offset ? -1 : _offset + offset;
                if (target < 0)
                    return Errno.EINVAL;
                position = _offset = target;
                return Errno.None;
            }
        }

        private Errno ReadLocked(Span<byte> buffer, long offset, out int count)
        {
            count = 0;
            if (!CanRead)
                return Errno.EBADF;
            if (offset < 0)
                return Errno.EINVAL;
            if (_bytes is null || offset == 0)
            {
                if (content() is not { } text)
                    return Errno.ESRCH;
                _bytes = ByteText.ToBytes(text);
            }

            if (offset >= _bytes.Length)
                return Errno.None;
            count = (int)Math.Min(buffer.Length, _bytes.Length - offset);
            _bytes.AsSpan((int)offset, count).CopyTo(buffer);
            return Errno.None;
        }
    }
}
