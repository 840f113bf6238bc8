using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>What the active data segments of a module leave in its memory, as one run of whole pages.</summary>
internal sealed class MemoryImage
{
    private const int PageSize = 4096;

    // A run that is mostly gaps is not worth keeping.
    private const long MaxWaste = 256 << 10;

    private readonly byte[] _bytes;

    private MemoryImage(long start, byte[] bytes)
    {
        Start = start;
        _bytes = bytes;
    }

    /// <summary>Where the run begins in memory.</summary>
    public long Start { get; }

    /// <summary>Where it ends.</summary>
    public long End => Start + _bytes.Length;

    /// <summary>
    /// The image of a module, or null where there is none that is the same for all instances: a segment that does not
    /// fit, one that depends on an import, or segments too far apart.
    /// </summary>
    public static MemoryImage? Create(ModuleDefinition module)
    {
        if (module.Memory is not { } memory || module.MemoryIsImported)
            return null;
        long low = long.MaxValue;
        long high = 0;
        long total = 0;
        foreach (DataSegment segment in module.Data)
        {
            if (segment.Mode != SegmentMode.Active)
                continue;
            long offset = (uint)segment.Offset.Bits;
            if (segment.Offset.Opcode != Op.I32Const || offset + segment.Length > (long)memory.Minimum * MemoryType.PageSize)
                return null;
            if (segment.Length == 0)
                continue;
            low = Math.Min(low, offset);
            high = Math.Max(high, offset + segment.Length);
            total += segment.Length;
        }

        if (total == 0)
            return new MemoryImage(0, []);
        low = low / PageSize * PageSize;
        high = (high + PageSize - 1) / PageSize * PageSize;
        if (high - low > (total * 2) + MaxWaste)
            return null;
        byte[] bytes = new byte[high - low];
        foreach (DataSegment segment in module.Data)
        {
            if (segment is { Mode: SegmentMode.Active, Length: > 0 })
                module.Binary.Span.Slice(segment.Start, segment.Length).CopyTo(bytes.AsSpan((int)((uint)segment.Offset.Bits - low)));
        }

        return new MemoryImage(low, bytes);
    }

    /// <summary>Copies the image to where it belongs in a memory.</summary>
    public unsafe void CopyTo(nint memory) => _bytes.CopyTo(new Span<byte>((void*)(memory + (nint)Start), _bytes.Length));
}
