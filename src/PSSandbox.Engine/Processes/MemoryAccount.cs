namespace PSSandbox.Processes;

/// <summary>Memory taken on behalf of a sandbox's guests: counted where it is taken, refused at the limit.</summary>
internal sealed class MemoryAccount(long limit) : PSSandbox.FileSystem.IMemoryAccount
{
    // Between two looks at whether who waits is killed.
    private const int LookMilliseconds = 5;

    private readonly object _gate = new();
    private long _used;
    private long _peak;
    private long _returning;

    /// <summary>The most bytes at one time; 0 for no limit.</summary>
    public long Limit => limit;

    /// <summary>Bytes in use, without those that are on their way back to the system.</summary>
    public long Used => Volatile.Read(ref _used) - Volatile.Read(ref _returning);

    /// <summary>The most that were ever in use.</summary>
    public long Peak => Volatile.Read(ref _peak);

    /// <inheritdoc/>
    public bool TryCharge(long bytes) => TryCharge(bytes, null);

    /// <summary>
    /// Takes bytes; false, taking nothing, if that would pass the limit. What is on its way back to the system is waited for,
    /// unless the caller is killed meanwhile.
    /// </summary>
    public bool TryCharge(long bytes, Process? caller)
    {
        while (true)
        {
            // Looked at before: what has come back since then is there to be taken.
            bool returning = Volatile.Read(ref _returning) > 0;
            if (TryTake(bytes))
                return true;
            if (!returning || caller is { IsKilled: true })
                return false;
            lock (_gate)
            {
                if (_returning > 0)
                    Monitor.Wait(_gate, LookMilliseconds);
            }
        }
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);

    /// <summary>
    /// Says that bytes of a process that ends are being given back to the system. They count against the limit until
    /// <see cref="EndReturn"/>.
    /// </summary>
    public void BeginReturn(long bytes) => Interlocked.Add(ref _returning, bytes);

    /// <summary>The bytes have been given back.</summary>
    public void EndReturn(long bytes)
    {
        Release(bytes);
        lock (_gate)
        {
            Interlocked.Add(ref _returning, -bytes);
            Monitor.PulseAll(_gate);
        }
    }

    private bool TryTake(long bytes)
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
}
