using PSSandbox.FileSystem;

namespace PSSandbox.Shell.Interpreter;

/// <summary>An anonymous file in memory that is read only: what a here-document or here-string is read from. It never blocks.</summary>
internal sealed class HereDocumentFile(byte[] content) : OpenFile(null, OpenFlags.ReadOnly)
{
    private readonly Lock _lock = new();
    private long _position;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count)
    {
        lock (_lock)
        {
            Errno error = ReadAt(buffer, _position, out count);
            _position += count;
            return error;
        }
    }

    /// <inheritdoc/>
    public override Errno ReadAt(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (offset < 0)
            return Errno.EINVAL;
        if (offset >= content.Length)
            return Errno.None;
        count = Math.Min(buffer.Length, content.Length - (int)offset);
        content.AsSpan((int)offset, count).CopyTo(buffer);
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno Seek(long offset, SeekOrigin origin, out long position)
    {
        lock (_lock)
        {
            long start = origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => content.Length };
            position = _position;
            if (offset > long.MaxValue - start || start + offset < 0)
                return Errno.EINVAL;
            position = _position = start + offset;
            return Errno.None;
        }
    }

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        status = new FileStatus { Type = FileType.Regular, Mode = 0x180, Size = content.Length, AllocatedBytes = content.Length };
        return Errno.None;
    }
}
