using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

/// <summary>Where a process's standard output or error goes: the run's log and the host's callback, in the order of writing.</summary>
internal sealed class OutputFile(SandboxStream stream, OutputSink sink) : OpenFile(null, OpenFlags.WriteOnly)
{
    /// <inheritdoc/>
    public override Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = buffer.Length;
        return sink.Write(stream, buffer);
    }

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        status = new FileStatus { Type = FileType.Fifo, Mode = 0x180, Links = 1, Inode = 1 + (ulong)stream };
        return Errno.None;
    }

    /// <inheritdoc/>
    public override PollEvents Poll() => PollEvents.Writable;
}
