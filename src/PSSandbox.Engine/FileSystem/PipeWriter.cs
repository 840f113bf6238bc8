namespace PSSandbox.FileSystem;

/// <summary>The writing end of a pipe.</summary>
internal sealed class PipeWriter : PipeEnd
{
    internal PipeWriter(Pipe pipe, Node? node, OpenFlags flags, Action? closed)
        : base(pipe, node, flags, closed)
    {
    }

    /// <summary>Writes all of it, waiting for room; EPIPE without readers: the kernel sends the signal.</summary>
    public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count) =>
        Pipe.Write(buffer, IsNonBlocking, caller, out count);

    /// <inheritdoc/>
    public override PollEvents Poll() => Pipe.PollWrite();
}
