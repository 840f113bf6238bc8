namespace PSSandbox.FileSystem;

/// <summary>
/// An open file as a stream of a fixed length: a file that shrinks meanwhile is filled up with zeros, one that grows is
/// cut off. Owns the reference.
/// </summary>
internal sealed class OpenFileReader(OpenFile file, long length) : Stream
{
    private long _position;
    private bool _released;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, Math.Max(0, length - _position))];
        if (buffer.IsEmpty)
            return 0;
        Errno errno = file.ReadAt(buffer, _position, out int count);
        if (errno != Errno.None)
            throw new IOException(errno.Message());
        if (count == 0)
        {
            buffer.Clear();
            count = buffer.Length;
        }

        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_released)
        {
            _released = true;
            file.Release();
        }

        base.Dispose(disposing);
    }
}
