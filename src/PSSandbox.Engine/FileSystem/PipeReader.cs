namespace PSSandbox.FileSystem;

/// <summary>The reading end of a pipe.</summary>
internal sealed class PipeReader : PipeEnd
{
    internal PipeReader(Pipe pipe, Node? node, OpenFlags flags, Action? closed)
        : base(pipe, node, flags, closed)
    {
    }

    /// <inheritdoc/>
    public override Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count) =>
        Pipe.Read(buffer, IsNonBlocking, caller, out count);

    /// <inheritdoc/>
    public override PollEvents Poll() => Pipe.PollRead();
}
