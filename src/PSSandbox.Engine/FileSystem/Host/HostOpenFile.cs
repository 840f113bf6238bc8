using Microsoft.Win32.SafeHandles;

namespace PSSandbox.FileSystem;

/// <summary>A regular file of the host that is open.</summary>
internal sealed class HostOpenFile : OpenFile
{
    private readonly HostFile _file;
    private readonly SafeFileHandle _handle;
    private readonly Lock _lock = new();
    private long _offset;

    internal HostOpenFile(HostFile file, OpenFlags flags, SafeFileHandle handle)
        : base(file, flags)
    {
        _file = file;
        _handle = handle;
    }

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count)
    {
        lock (_lock)
        {
            Errno errno = ReadAt(buffer, _offset, out count);
            _offset += count;
            return errno;
        }
    }

    /// <inheritdoc/>
    public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count)
    {
        lock (_lock)
        {
            if ((Flags & OpenFlags.Append) == 0)
            {
                Errno errno = WriteAt(buffer, _offset, out count);
                _offset += count;
                return errno;
            }

            // Those who append within the sandbox take turns at the file; the host's own writers it cannot hold back.
            lock (_file)
            {
                Errno errno = End(out long end);
                count = 0;
                if (errno == Errno.None)
                    errno = Put(buffer, end, out count);
                _offset = end + count;
                return errno;
            }
        }
    }

    /// <inheritdoc/>
    public override Errno ReadAt(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (!CanRead)
            return Errno.EBADF;
        if (offset < 0)
            return Errno.EINVAL;
        try
        {
            count = RandomAccess.Read(_handle, buffer, offset);
            return Errno.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return HostErrno.FromException(e);
        }
    }

    /// <inheritdoc/>
    public override Errno WriteAt(ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (!CanWrite)
            return Errno.EBADF;
        return offset < 0 ? Errno.EINVAL : Put(buffer, offset, out count);
    }

    /// <inheritdoc/>
    public override Errno Seek(long offset, SeekOrigin origin, out long position)
    {
        lock (_lock)
        {
            position = _offset;
            long start = origin == SeekOrigin.Begin ? 0 : _offset;
            if (origin == SeekOrigin.End && End(out start) is var errno and not Errno.None)
                return errno;
            if (offset > long.MaxValue - start)
                return Errno.EOVERFLOW;
            if (start + offset < 0)
                return Errno.EINVAL;
            position = _offset = start + offset;
            return Errno.None;
        }
    }

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        Errno errno = _file.Mount.Access.GetStatus(_handle, out HostStatus found);
        status = _file.Show(found);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno Allocate(long offset, long length)
    {
        if (!CanWrite)
            return Errno.EBADF;
        if (offset < 0 || length <= 0)
            return Errno.EINVAL;
        if (offset > long.MaxValue - length)
            return Errno.EFBIG;
        Errno errno = End(out long end);
        return errno != Errno.None || offset + length <= end ? errno : SetLength(_handle, offset + length);
    }

    /// <inheritdoc/>
    protected override void OnClose() => _handle.Dispose();

    internal static Errno SetLength(SafeFileHandle handle, long length)
    {
        try
        {
            RandomAccess.SetLength(handle, length);
            return Errno.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return e is ArgumentException ? Errno.EFBIG : HostErrno.FromException(e);
        }
    }

    private Errno Put(ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (offset > long.MaxValue - buffer.Length)
            return Errno.EFBIG;
        try
        {
            RandomAccess.Write(_handle, buffer, offset);
            count = buffer.Length;
            return Errno.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return HostErrno.FromException(e);
        }
    }

    private Errno End(out long end)
    {
        Errno errno = _file.Mount.Access.GetStatus(_handle, out HostStatus status);
        end = status.Size;
        return errno;
    }
}
