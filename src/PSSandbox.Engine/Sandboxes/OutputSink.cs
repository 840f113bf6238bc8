using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

/// <summary>Both streams of one run come together here, so that their order is kept.</summary>
internal sealed class OutputSink(OutputLog? log, Action<SandboxOutput>? callback, Action onTruncated)
{
    private readonly Lock _lock = new();
    private bool _failed;

    /// <summary>What the callback threw, if it did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Takes bytes. EIO once the host's callback has failed.</summary>
    public Errno Write(SandboxStream stream, ReadOnlySpan<byte> bytes)
    {
        if (callback is null)
        {
            if (log is not null && !log.Append(stream, bytes))
                onTruncated();
            return Errno.None;
        }

        lock (_lock)
        {
            if (_failed)
                return Errno.EIO;
            if (log is not null && !log.Append(stream, bytes))
                onTruncated();
            try
            {
                callback(new SandboxOutput(stream, bytes.ToArray()));
                return Errno.None;
            }
            catch (Exception failure)
            {
                _failed = true;
                Failure = failure;
                return Errno.EIO;
            }
        }
    }
}
