namespace PSSandbox.FileSystem;

/// <summary>One end of a pipe that is open.</summary>
internal abstract class PipeEnd : OpenFile
{
    private readonly Action? _closed;

    /// <summary>Makes an end.</summary>
    /// <param name="pipe">The pipe.</param>
    /// <param name="node">The FIFO that it was opened by; null for a pipe without a name.</param>
    /// <param name="flags">How it was opened.</param>
    /// <param name="closed">Called once the end is closed; may be null.</param>
    protected PipeEnd(Pipe pipe, Node? node, OpenFlags flags, Action? closed)
        : base(node, flags)
    {
        Pipe = pipe;
        _closed = closed;
    }

    /// <summary>The pipe.</summary>
    public Pipe Pipe { get; }

    /// <summary>Whether calls return EAGAIN where they would wait.</summary>
    protected bool IsNonBlocking => (Flags & OpenFlags.NonBlocking) != 0;

    /// <inheritdoc/>
    public sealed override IDisposable? Watch(object gate) => Pipe.Watch(gate);

    /// <inheritdoc/>
    public sealed override Errno GetStatus(out FileStatus status)
    {
        if (Node is not null)
            return Node.GetStatus(out status);
        Pipe.FillStatus(out status);
        return Errno.None;
    }

    /// <inheritdoc/>
    protected sealed override void OnClose()
    {
        Pipe.Close(reads: this is PipeReader, writes: this is PipeWriter);
        _closed?.Invoke();
    }
}
