using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

/// <summary>Both streams of one run come together here, so that their order is kept.</summary>
/// <param name="log">Where output is kept; null if it is not.</param>
/// <param name="callback">The host's, called in order; null if there is none.</param>
/// <param name="onTruncated">Called when the log dropped something.</param>
/// <param name="onFailed">Called when the callback threw something other than an <see cref="IOException"/>.</param>
internal sealed class OutputSink(OutputLog? log, Action<SandboxOutput>? callback, Action onTruncated, Action onFailed)
{
    private readonly Lock _lock = new();
    private readonly bool[] _closed = new bool[2];

    /// <summary>What the callback threw, if it did, but for a stream that was closed.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Takes bytes. EPIPE once the host has closed the stream, or its callback failed.</summary>
    public Errno Write(SandboxStream stream, ReadOnlySpan<byte> bytes)
    {
        if (callback is null)
        {
            Keep(stream, bytes);
            return Errno.None;
        }

        lock (_lock)
        {
            if (_closed[(int)stream])
                return Errno.EPIPE;
            Keep(stream, bytes);
            try
            {
                callback(new SandboxOutput(stream, bytes.ToArray()));
                return Errno.None;
            }
            catch (IOException)
            {
                _closed[(int)stream] = true;
            }
            catch (Exception failure)
            {
                _closed.AsSpan().Fill(true);
                Failure = failure;
                onFailed();
            }

            return Errno.EPIPE;
        }
    }

    private void Keep(SandboxStream stream, ReadOnlySpan<byte> bytes)
    {
        if (log is not null && !log.Append(stream, bytes))
            onTruncated();
    }
}
