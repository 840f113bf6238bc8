using PSSandbox.FileSystem;

namespace PSSandbox.Processes;

// The memory that is counted for it.
internal sealed partial class Process : IMemoryOwner
{
    private readonly Lock _memoryLock = new();
    private bool _memoryIsSettled;

    /// <summary>Most bytes that were charged to it at one time.</summary>
    public long PeakMemoryBytes { get; private set; }

    /// <summary>Bytes charged to it now.</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>The sandbox's account: what a pipe holds outlives the process that wrote it.</summary>
    IMemoryAccount IMemoryOwner.Memory => Kernel.Memory;

    /// <summary>Takes memory on the process's behalf; false at its own limit, and at the sandbox's, which is recorded.</summary>
    public bool TryChargeMemory(long bytes)
    {
        if (bytes > 0 && bytes > _memoryLimit - MemoryBytes)
            return false;
        if (!Kernel.Memory.TryCharge(bytes, this))
        {
            Kernel.Record("memory", Id, $"the limit of {ByteSize.Format(Kernel.Memory.Limit)} of memory was reached");
            return false;
        }

        lock (_memoryLock)
        {
            if (!_memoryIsSettled)
            {
                Job.AddMemory(bytes);
                MemoryBytes += bytes;
                PeakMemoryBytes = Math.Max(PeakMemoryBytes, MemoryBytes);
                return true;
            }
        }

        Kernel.Memory.Release(bytes);
        return false;
    }

    /// <summary>Gives memory back. What is left at the process's end is given back then.</summary>
    public void ReleaseMemory(long bytes)
    {
        if (TakeOff(bytes))
            Kernel.Memory.Release(bytes);
    }

    /// <summary>
    /// Gives much memory back on another thread, so that the process's end does not wait for that. The sandbox's account has
    /// it until then.
    /// </summary>
    /// <param name="bytes">How much of what is charged to the process.</param>
    /// <param name="release">Does it.</param>
    public void ReturnMemory(long bytes, Action release)
    {
        // The account of what ended from outside has been told already.
        long counted = TakeOff(bytes) ? bytes : 0;
        Kernel.Memory.BeginReturn(counted);
        ProcessThreads.Run(() =>
        {
            try
            {
                release();
            }
            catch (Exception failure)
            {
                Kernel.Record("internal", Id, $"memory is not given back: {failure.GetType().Name}: {failure.Message}");
            }
            finally
            {
                Kernel.Memory.EndReturn(counted);
            }
        });
    }

    // At its end, which may come from outside while its thread goes on for a moment.
    private void SettleMemory()
    {
        lock (_memoryLock)
        {
            _memoryIsSettled = true;
            Kernel.Memory.Release(MemoryBytes);
            Job.AddMemory(-MemoryBytes);
            MemoryBytes = 0;
        }
    }

    private bool TakeOff(long bytes)
    {
        lock (_memoryLock)
        {
            if (_memoryIsSettled)
                return false;
            MemoryBytes -= bytes;
            Job.AddMemory(-bytes);
            return true;
        }
    }
}
