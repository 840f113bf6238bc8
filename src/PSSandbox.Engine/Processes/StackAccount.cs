namespace PSSandbox.Processes;

/// <summary>
/// The host's stack that the nested calls of a sandbox's processes take together. Whenever the host collects garbage it
/// walks all of it, which takes some 20 ms for each mebibyte and holds up everything else: so there is a limit.
/// </summary>
internal sealed class StackAccount
{
    /// <summary>The most bytes at one time.</summary>
    public const int Limit = 3 << 20;

    private int _used;

    /// <summary>Takes bytes; false, taking nothing, if that would pass the limit.</summary>
    public bool TryCharge(int bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= Limit)
            return true;
        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(int bytes) => Interlocked.Add(ref _used, -bytes);
}
