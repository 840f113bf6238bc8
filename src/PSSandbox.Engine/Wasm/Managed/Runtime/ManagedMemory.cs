using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>A linear memory, seen from the host: its type, its limits and its growth.</summary>
internal sealed class ManagedMemory
{
    private readonly InstanceBlock _block;
    private readonly long _maximum;
    private readonly Func<long, bool>? _onGrow;

    /// <summary>Describes the memory of a block.</summary>
    public ManagedMemory(InstanceBlock block, MemoryType type, in WasmLimits limits)
    {
        _block = block;
        Type = type;
        _maximum = MaximumBytes(type, limits);
        _onGrow = limits.OnGrow;
        Peak = block.MemoryLength;
    }

    /// <summary>The declared type.</summary>
    public MemoryType Type { get; }

    /// <summary>The border of the block: where the memory begins.</summary>
    public nint Border => _block.Border;

    /// <summary>Length in bytes.</summary>
    public long Length => _block.MemoryLength;

    /// <summary>The largest length so far, in bytes.</summary>
    public long Peak { get; private set; }

    /// <summary>The bytes that a memory may have at most.</summary>
    public static long MaximumBytes(MemoryType type, in WasmLimits limits)
    {
        long declared = (long)(type.Maximum ?? MemoryType.MaxPages) * MemoryType.PageSize;
        return limits.MaxMemoryBytes > 0 ? Math.Min(declared, limits.MaxMemoryBytes / MemoryType.PageSize * MemoryType.PageSize) : declared;
    }

    /// <summary>Grows by pages; gives the former size in pages, or -1.</summary>
    public int Grow(uint pages)
    {
        long former = Length;
        long added = (long)pages * MemoryType.PageSize;
        if (former + added > _maximum)
            return -1;
        if (added > 0)
        {
            if (_onGrow is not null && !_onGrow(added))
                return -1;
            if (!_block.EnsureCommitted(former + added))
                return -1;
            _block.MemoryLength = former + added;
            Peak = former + added;
        }

        return (int)(former / MemoryType.PageSize);
    }
}
