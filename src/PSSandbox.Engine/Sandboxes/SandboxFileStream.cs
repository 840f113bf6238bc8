using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

/// <summary>An open file of a sandbox as a .NET stream.</summary>
public sealed class SandboxFileStream : Stream
{
    private readonly OpenFile _file;
    private readonly string _path;
    private bool _closed;

    internal SandboxFileStream(OpenFile file, string path)
    {
        _file = file;
        _path = path;
    }

    /// <inheritdoc/>
    public override bool CanRead => !_closed && _file.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => !_closed && _file.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => !_closed && _file.CanWrite;

    /// <inheritdoc/>
    public override long Length
    {
        get
        {
            Check(_file.GetStatus(out FileStatus status));
            return status.Size;
        }
    }

    /// <inheritdoc/>
    public override long Position
    {
        get => Seek(0, SeekOrigin.Current);
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        Check(_file.Read(buffer, null, out int count));
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            Check(_file.Write(buffer, null, out int count));
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        Check(_file.Seek(offset, origin, out long position));
        return position;
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => Check(_file.Node?.SetStatus(new StatusChange { Size = value }) ?? Errno.EINVAL);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            _file.Release();
        }

        base.Dispose(disposing);
    }

    private void Check(Errno error)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        Sandbox.Check(error, _path);
    }
}
