using PSSandbox.Shell.Expansion;

namespace PSSandbox.Shell.Variables;

// What the values take is charged to the process, in steps, so that an assignment costs no more than an addition.
internal sealed partial class VariableTable
{
    private const long Step = 256 << 10;
    private long _bytes;
    private long _charged;

    private void Account(long bytes)
    {
        _bytes += bytes;
        if (_bytes > _charged || _charged - _bytes > 4 * Step)
            Settle(bytes);
    }

    private void Settle(long bytes)
    {
        if (Owner.Process is not { } process)
            return;
        long wanted = Math.Max(0, (_bytes + Step - 1) / Step * Step);
        if (wanted > _charged)
        {
            if (!process.TryChargeMemory(wanted - _charged))
            {
                _bytes -= bytes;
                throw new ShellMemoryException();
            }
        }
        else
        {
            process.ReleaseMemory(_charged - wanted);
        }

        _charged = wanted;
    }

    // Whether there is room for a value that is about to be made.
    private void Reserve(long bytes)
    {
        if (bytes < Step || Owner.Process is not { } process)
            return;
        if (!process.TryChargeMemory(bytes))
            throw new ShellMemoryException();
        process.ReleaseMemory(bytes);
    }
}
