namespace PSSandbox.FileSystem;

/// <summary>A FIFO opened for reading and writing (Linux gives that a meaning: it never waits, and is both ends).</summary>
internal sealed class FifoFile : OpenFile
{
    private readonly Pipe _pipe;
    private readonly Action _closed;

    internal FifoFile(Pipe pipe, Node node, OpenFlags flags, Action closed)
        : base(node, flags)
    {
        _pipe = pipe;
        _closed = closed;
    }

    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count) =>
        _pipe.Read(buffer, (Flags & OpenFlags.NonBlocking) != 0, caller, out count);

    /// <inheritdoc/>
    public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count) =>
        _pipe.Write(buffer, (Flags & OpenFlags.NonBlocking) != 0, caller, out count);

    /// <inheritdoc/>
    public override PollEvents Poll() => _pipe.PollRead() & PollEvents.Readable | _pipe.PollWrite() & PollEvents.Writable;

    /// <inheritdoc/>
    public override IDisposable? Watch(object gate) => _pipe.Watch(gate);

    /// <inheritdoc/>
    protected override void OnClose()
    {
        _pipe.Close(reads: true, writes: true);
        _closed();
    }
}
