using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>
/// What the active data segments of a module leave in its memory, as one run of whole pages. On Linux it is a file in
/// memory which instances map, copying on write: what they do not write to is there once for all of them.
/// </summary>
internal sealed unsafe partial class MemoryImage
{
    private const int ProtReadWrite = 3;
    private const int MapPrivateFixed = 0x12;
    private const uint CloseOnExec = 1;

    private const int PageSize = 4096;

    // A run that is mostly gaps is not worth keeping.
    private const long MaxWaste = 256 << 10;

    private readonly byte[] _bytes;
    private readonly SafeFileHandle? _file;

    private MemoryImage(long start, byte[] bytes)
    {
        Start = start;
        _bytes = bytes;
        _file = CreateFile(bytes);
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

    /// <summary>Whether instances map the image: its pages come back by themselves when they are given up.</summary>
    public bool IsMapped => _file is not null;

    /// <summary>Puts the image where it belongs in a new memory. False where the system refuses: the memory must not be used then.</summary>
    public bool TryPut(nint memory)
    {
        if (_file is null)
        {
            CopyTo(memory);
            return true;
        }

        nint address = memory + (nint)Start;
        return mmap(address, (nuint)_bytes.Length, ProtReadWrite, MapPrivateFixed, (int)_file.DangerousGetHandle(), 0) == address;
    }

    /// <summary>Copies the image to where it belongs in a memory.</summary>
    public void CopyTo(nint memory) => _bytes.CopyTo(new Span<byte>((void*)(memory + (nint)Start), _bytes.Length));

    /// <summary>The part of the image that belongs at an offset of the memory.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length) => _bytes.AsSpan((int)(offset - Start), length);

    private static SafeFileHandle? CreateFile(byte[] bytes)
    {
        if (bytes.Length == 0 || !OperatingSystem.IsLinux() || Environment.SystemPageSize != PageSize)
            return null;
        try
        {
            int descriptor = memfd_create("wasm image", CloseOnExec);
            if (descriptor < 0)
                return null;
            SafeFileHandle file = new(descriptor, ownsHandle: true);
            RandomAccess.Write(file, bytes, 0);
            return file;
        }
        catch (Exception error) when (error is IOException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc")]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int descriptor, long offset);
}
