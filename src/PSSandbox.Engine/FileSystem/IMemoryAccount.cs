namespace PSSandbox.FileSystem;

/// <summary>What counts the memory of a sandbox.</summary>
internal interface IMemoryAccount
{
    /// <summary>Takes bytes, or nothing at all if that went over the limit.</summary>
    bool TryCharge(long bytes);

    /// <summary>Gives bytes back.</summary>
    void Release(long bytes);
}
