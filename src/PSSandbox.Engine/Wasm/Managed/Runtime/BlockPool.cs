namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Blocks of instances that have ended, wiped and ready for the next ones. It keeps a bounded number.</summary>
internal sealed class BlockPool : IDisposable
{
    private const int Capacity = 16;

    private readonly Stack<InstanceBlock> _blocks = new(Capacity);
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <summary>Takes a block that can grow to a size, or null.</summary>
    public InstanceBlock? TryTake(long maximumBytes)
    {
        lock (_gate)
        {
            return _blocks.TryPeek(out InstanceBlock? block) && block.ReservedMemory >= maximumBytes ? _blocks.Pop() : null;
        }
    }

    /// <summary>Gives a wiped block back; frees it where there are enough.</summary>
    public void Return(InstanceBlock block)
    {
        lock (_gate)
        {
            if (!_disposed && _blocks.Count < Capacity)
            {
                _blocks.Push(block);
                return;
            }
        }

        block.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            while (_blocks.TryPop(out InstanceBlock? block))
                block.Dispose();
        }
    }
}
