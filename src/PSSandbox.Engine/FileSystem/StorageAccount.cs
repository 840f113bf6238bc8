namespace PSSandbox.FileSystem;

/// <summary>
/// Counts what the files of one sandbox hold of the host's memory and refuses what goes over its limits. What a
/// shared image holds is not counted; a copy made of it on write is. Safe for use by several threads.
/// </summary>
internal sealed class StorageAccount
{
    /// <summary>Longest file that any account allows: 1 TiB, so that the tables of a sparse file stay small.</summary>
    public const long MaxFileLength = 1L << 40;

    /// <summary>What one inode is charged in bytes, beside its content and its names.</summary>
    internal const int NodeCost = 256;

    private long _bytes;
    private long _nodes;
    private long _peakBytes;

    /// <summary>Makes an account.</summary>
    /// <param name="byteLimit">Most bytes.</param>
    /// <param name="nodeLimit">Most inodes.</param>
    /// <param name="fileLengthLimit">Longest file in bytes, at most <see cref="MaxFileLength"/>.</param>
    public StorageAccount(long byteLimit = long.MaxValue, long nodeLimit = long.MaxValue, long fileLengthLimit = MaxFileLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteLimit);
        ArgumentOutOfRangeException.ThrowIfNegative(nodeLimit);
        ArgumentOutOfRangeException.ThrowIfNegative(fileLengthLimit);
        ByteLimit = byteLimit;
        NodeLimit = nodeLimit;
        FileLengthLimit = Math.Min(fileLengthLimit, MaxFileLength);
    }

    /// <summary>Most bytes.</summary>
    public long ByteLimit { get; }

    /// <summary>Most inodes.</summary>
    public long NodeLimit { get; }

    /// <summary>Longest file in bytes.</summary>
    public long FileLengthLimit { get; }

    /// <summary>Bytes held now.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Inodes held now.</summary>
    public long Nodes => Volatile.Read(ref _nodes);

    /// <summary>Most bytes ever held at once.</summary>
    public long PeakBytes => Volatile.Read(ref _peakBytes);

    /// <summary>Called, on the thread of the program, whenever a limit refuses something. Must be quick and not throw.</summary>
    public Action<StorageLimit>? Violated { get; set; }

    /// <summary>Takes bytes, or nothing at all if that went over the limit. Tells nobody: see <see cref="Report"/>.</summary>
    public bool TryTake(long bytes)
    {
        long now = Interlocked.Add(ref _bytes, bytes);
        if (now > ByteLimit || now < 0)
        {
            Interlocked.Add(ref _bytes, -bytes);
            return false;
        }

        long peak = Volatile.Read(ref _peakBytes);
        while (now > peak)
        {
            long seen = Interlocked.CompareExchange(ref _peakBytes, now, peak);
            if (seen == peak)
                break;
            peak = seen;
        }

        return true;
    }

    /// <summary>Takes as many bytes as there still are, at most <paramref name="bytes"/>.</summary>
    public long TakeUpTo(long bytes)
    {
        while (true)
        {
            long wanted = Math.Min(bytes, ByteLimit - Bytes);
            if (wanted <= 0)
                return 0;
            if (TryTake(wanted))
                return wanted;
        }
    }

    /// <summary>Gives bytes back.</summary>
    public void Give(long bytes) => Interlocked.Add(ref _bytes, -bytes);

    /// <summary>Takes one inode and what its entry in memory costs; reports the limit that refuses it.</summary>
    public bool TryTakeNode(long bytes)
    {
        if (Interlocked.Increment(ref _nodes) > NodeLimit)
        {
            Interlocked.Decrement(ref _nodes);
            Report(StorageLimit.Nodes);
            return false;
        }

        if (TryTake(NodeCost + bytes))
            return true;
        Interlocked.Decrement(ref _nodes);
        Report(StorageLimit.Bytes);
        return false;
    }

    /// <summary>Gives one inode back, with what <see cref="TryTakeNode"/> took for it.</summary>
    public void GiveNode(long bytes)
    {
        Interlocked.Decrement(ref _nodes);
        Give(NodeCost + bytes);
    }

    /// <summary>Tells of a violation.</summary>
    public void Report(StorageLimit limit) => Violated?.Invoke(limit);
}
