namespace PSSandbox.Processes;

/// <summary>Memory taken on behalf of a sandbox's guests: counted where it is taken, refused at the limit.</summary>
internal sealed class MemoryAccount(long limit) : PSSandbox.FileSystem.IMemoryAccount
{
    private long _used;
    private long _peak;

    /// <summary>The most bytes at one time; 0 for no limit.</summary>
    public long Limit => limit;

    /// <summary>Bytes in use.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>The most that were ever in use.</summary>
    public long Peak => Volatile.Read(ref _peak);

    /// <summary>Takes bytes; false, taking nothing, if that would pass the limit.</summary>
    public bool TryCharge(long bytes)
    {
        long used = Interlocked.Add(ref _used, bytes);
        if (limit != 0 && used > limit && bytes > 0)
        {
            Interlocked.Add(ref _used, -bytes);
            return false;
        }

        long peak = Volatile.Read(ref _peak);
        while (used > peak && Interlocked.CompareExchange(ref _peak, used, peak) is long seen && seen != peak)
            peak = seen;
        return true;
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);
}
