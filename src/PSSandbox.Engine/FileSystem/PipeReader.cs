namespace PSSandbox.FileSystem;

/// <summary>The reading end of a pipe.</summary>
internal sealed class PipeReader : OpenFile
{
    private readonly Action? _closed;

    internal PipeReader(Pipe pipe, Node? node, OpenFlags flags, Action? closed)
        : base(node, flags)
    {
        Pipe = pipe;
        _closed = closed;
    }

    /// <summary>The pipe.</summary>
    public Pipe Pipe { get; }

    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count) =>
        Pipe.Read(buffer, (Flags & OpenFlags.NonBlocking) != 0, caller, out count);

    /// <inheritdoc/>
    public override PollEvents Poll() => Pipe.PollRead();

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
        Pipe.Close(reads: true, writes: false);
        _closed?.Invoke();
    }
}
