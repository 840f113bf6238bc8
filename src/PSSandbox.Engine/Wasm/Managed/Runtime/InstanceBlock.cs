using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>
/// The unmanaged memory of an instance: its context, and above that its linear memory in a reservation of the largest
/// size, so that it never moves. Freed by <see cref="Dispose"/> or at the latest by the finalizer.
/// </summary>
internal sealed unsafe class InstanceBlock : CriticalFinalizerObject, IDisposable
{
    private const int Granularity = 65536;

    private readonly nint _start;
    private readonly long _size;
    private readonly TableRecord*[] _tables;
    private GCHandle _owner;
    private bool _disposed;

    private InstanceBlock(nint start, int context, long memoryBytes, long reserved, int tables)
    {
        _start = start;
        _size = context + reserved;
        ReservedMemory = reserved;
        Border = _start + context;
        CommittedMemory = memoryBytes;
        _tables = new TableRecord*[tables];
        _owner = GCHandle.Alloc(null, GCHandleType.Weak);
        *(long*)(Border + Context.MemoryLength) = memoryBytes;
        *(nint*)(Border + Context.Owner) = GCHandle.ToIntPtr(_owner);
        *(nint*)(Border + Context.MemoryBase) = Border;
    }

    /// <summary>Frees what was forgotten.</summary>
    ~InstanceBlock() => Free();

    /// <summary>Where the context ends and the memory begins.</summary>
    public nint Border { get; }

    /// <summary>Bytes that the memory can grow to.</summary>
    public long ReservedMemory { get; }

    /// <summary>Bytes of memory that are usable.</summary>
    public long CommittedMemory { get; private set; }

    /// <summary>Length of the memory, in bytes.</summary>
    public long MemoryLength
    {
        get => *(long*)(Border + Context.MemoryLength);
        set => *(long*)(Border + Context.MemoryLength) = value;
    }

    /// <summary>Whether the context was filled before, so that only what changes is to be filled again.</summary>
    public bool Prepared { get; set; }

    /// <summary>The instance that generated code's calls are for.</summary>
    public ManagedInstance? Owner
    {
        set => _owner.Target = value;
    }

    /// <summary>Makes a block; null where the system has no memory left.</summary>
    /// <param name="contextSize">Bytes of the context.</param>
    /// <param name="memoryBytes">Bytes of the memory at first.</param>
    /// <param name="maximumBytes">Bytes that it may grow to.</param>
    /// <param name="tables">Number of own tables.</param>
    public static InstanceBlock? TryCreate(int contextSize, long memoryBytes, long maximumBytes, int tables)
    {
        int context = (contextSize + Granularity - 1) / Granularity * Granularity;
        long reserved = Math.Max(memoryBytes, maximumBytes);
        nint start = VirtualMemory.Reserve(context + reserved);
        if (start == 0)
            return null;
        if (VirtualMemory.Commit(start, context + memoryBytes))
            return new InstanceBlock(start, context, memoryBytes, reserved, tables);
        VirtualMemory.Release(start, context + reserved);
        return null;
    }

    /// <summary>Notes a table that is to be freed with the block.</summary>
    public void AddTable(int index, TableRecord* table) => _tables[index] = table;

    /// <summary>Makes the memory usable up to a length. False where there is no room.</summary>
    public bool EnsureCommitted(long length)
    {
        if (length <= CommittedMemory)
            return true;
        if (length > ReservedMemory || !VirtualMemory.Commit(Border + (nint)CommittedMemory, length - CommittedMemory))
            return false;
        CommittedMemory = length;
        return true;
    }

    /// <summary>
    /// Makes the memory what it was when the block was new: of its first length, with the image in it and else zero. False
    /// where that failed.
    /// </summary>
    public bool ResetMemory(long length, MemoryImage? image)
    {
        if (CommittedMemory > length)
        {
            if (!VirtualMemory.Decommit(Border + (nint)length, CommittedMemory - length))
                return false;
            CommittedMemory = length;
        }

        MemoryLength = length;
        return TouchedPages.Reset(Border, length, image);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_disposed || _tables is null)
            return;
        _disposed = true;
        foreach (TableRecord* table in _tables)
        {
            if (table is not null)
                Tables.Free(table);
        }

        if (_owner.IsAllocated)
            _owner.Free();
        VirtualMemory.Release(_start, _size);
    }
}
