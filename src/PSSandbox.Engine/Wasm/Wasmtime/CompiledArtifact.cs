using System.Buffers.Binary;
using System.Text;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>Reads what a serialized module says of its maker. It is an ELF file with a section for that.</summary>
internal static class CompiledArtifact
{
    /// <summary>The library's version, major number first; null where it is not found.</summary>
    public static string? Version(ReadOnlySpan<byte> elf)
    {
        const int SectionHeaderSize = 64;
        if (elf.Length < 64 || !elf[..4].SequenceEqual("\u007fELF"u8))
            return null;
        long headers = BinaryPrimitives.ReadInt64LittleEndian(elf[0x28..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3c..]);
        int names = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3e..]);
        if (headers < 0 || headers + ((long)count * SectionHeaderSize) > elf.Length || names >= count)
            return null;
        ReadOnlySpan<byte> table = elf.Slice((int)headers, count * SectionHeaderSize);
        ReadOnlySpan<byte> strings = Contents(elf, table.Slice(names * SectionHeaderSize, SectionHeaderSize));
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = table.Slice(i * SectionHeaderSize, SectionHeaderSize);
            uint name = BinaryPrimitives.ReadUInt32LittleEndian(header);
            if (name >= strings.Length || !strings[(int)name..].StartsWith(".wasmtime.engine\0"u8))
                continue;

            // A format number, then the version with its length before it.
            ReadOnlySpan<byte> engine = Contents(elf, header);
            return engine.Length >= 2 && engine.Length >= 2 + engine[1] ? Encoding.ASCII.GetString(engine.Slice(2, engine[1])) : null;
        }

        return null;
    }

    private static ReadOnlySpan<byte> Contents(ReadOnlySpan<byte> elf, ReadOnlySpan<byte> header)
    {
        long offset = BinaryPrimitives.ReadInt64LittleEndian(header[0x18..]);
        long size = BinaryPrimitives.ReadInt64LittleEndian(header[0x20..]);
        return offset >= 0 && size >= 0 && offset <= elf.Length && size <= elf.Length - offset ? elf.Slice((int)offset, (int)size) : default;
    }
}
