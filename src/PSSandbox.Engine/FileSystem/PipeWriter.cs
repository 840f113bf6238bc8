namespace PSSandbox.FileSystem;

/// <summary>The writing end of a pipe.</summary>
internal sealed class PipeWriter : OpenFile
{
    private readonly Action? _closed;

    internal PipeWriter(Pipe pipe, Node? node, OpenFlags flags, Action? closed)
        : base(node, flags)
    {
        Pipe = pipe;
        _closed = closed;
    }

    /// <summary>The pipe.</summary>
    public Pipe Pipe { get; }

    /// <summary>Writes all of it, waiting for room; EPIPE without readers: the kernel sends the signal.</summary>
    public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count) =>
        Pipe.Write(buffer, (Flags & OpenFlags.NonBlocking) != 0, caller, out count);

    /// <inheritdoc/>
    public override PollEvents Poll() => Pipe.PollWrite();

    /// <inheritdoc/>
    public override IDisposable? Watch(object gate) => Pipe.Watch(gate);

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        if (Node is not null)
            return Node.GetStatus(out status);
        Pipe.FillStatus(out status);
        return Errno.None;
    }

    /// <inheritdoc/>
    protected override void OnClose()
    {
        Pipe.Close(reads: false, writes: true);
        _closed?.Invoke();
    }
}
