using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PSSandbox.Wasm.Binary;

/// <summary>Reads the primitives of the binary format (WebAssembly 2.0, 5.2) and refuses malformed ones with their offset.</summary>
internal ref struct WasmReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _end;

    /// <summary>Reads the whole of <paramref name="bytes"/>.</summary>
    public WasmReader(ReadOnlySpan<byte> bytes)
        : this(bytes, 0, bytes.Length)
    {
    }

    /// <summary>Reads a window of a module; positions stay offsets into the module.</summary>
    public WasmReader(ReadOnlySpan<byte> bytes, int start, int end)
    {
        _bytes = bytes;
        _end = end;
        Position = start;
    }

    /// <summary>Offset of the next byte in the module.</summary>
    public int Position { get; private set; }

    /// <summary>Offset behind the last byte that may be read.</summary>
    public readonly int End => _end;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool AtEnd => Position >= _end;

    /// <summary>Bytes that are left.</summary>
    public readonly int Remaining => _end - Position;

    /// <summary>Refuses the module at the current offset.</summary>
    [DoesNotReturn]
    public readonly void Fail(string reason) => throw new WasmFormatException(Position, reason);

    /// <summary>Reads one byte.</summary>
    public byte ReadByte()
    {
        if (Position >= _end)
            Fail("unexpected end");
        return _bytes[Position++];
    }

    /// <summary>Reads <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if ((uint)count > (uint)Remaining)
            Fail("unexpected end of section or function: length out of bounds");
        ReadOnlySpan<byte> result = _bytes.Slice(Position, count);
        Position += count;
        return result;
    }

    /// <summary>Skips <paramref name="count"/> bytes.</summary>
    public void Skip(int count) => ReadBytes(count);

    /// <summary>Reads an unsigned LEB128 number of 32 bits.</summary>
    public uint ReadU32()
    {
        if (Position < _end && _bytes[Position] < 0x80)
            return _bytes[Position++];
        uint result = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = ReadByte();
            if (shift == 28)
            {
                if ((b & 0x80) != 0)
                    Fail("integer representation too long");
                if ((b & 0x70) != 0)
                    Fail("integer too large");
            }

            result |= (uint)(b & 0x7f) << shift;
            if ((b & 0x80) == 0)
                return result;
        }
    }

    /// <summary>Reads a count or an index that must fit an <see cref="int"/> and not be above <paramref name="limit"/>.</summary>
    public int ReadCount(int limit, string what)
    {
        uint value = ReadU32();
        if (value > (uint)limit)
            Fail($"too many {what}: {value}, the limit is {limit}");
        return (int)value;
    }

    /// <summary>Reads the number of elements of a vector, each of which takes at least one byte.</summary>
    public int ReadVectorLength(int limit, string what)
    {
        int value = ReadCount(limit, what);
        if (value > Remaining)
            Fail("unexpected end of section or function: length out of bounds");
        return value;
    }

    /// <summary>Reads a signed LEB128 number of 32 bits.</summary>
    public int ReadS32() => (int)ReadSigned(32);

    /// <summary>Reads a signed LEB128 number of 33 bits, as block types are.</summary>
    public long ReadS33() => ReadSigned(33);

    /// <summary>Reads a signed LEB128 number of 64 bits.</summary>
    public long ReadS64() => ReadSigned(64);

    /// <summary>Reads four bytes of an <c>f32</c> as bits.</summary>
    public int ReadF32Bits() => BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(4));

    /// <summary>Reads eight bytes of an <c>f64</c> as bits.</summary>
    public long ReadF64Bits() => BinaryPrimitives.ReadInt64LittleEndian(ReadBytes(8));

    /// <summary>Reads a name: a length and well-formed UTF-8.</summary>
    public string ReadName(int limit = WasmComplexity.MaxNameBytes)
    {
        uint length = ReadU32();
        if (length > (uint)Remaining)
            Fail("unexpected end: length out of bounds");
        if (length > (uint)limit)
            Fail($"name too long: {length} bytes, the limit is {limit}");
        int start = Position;
        ReadOnlySpan<byte> bytes = ReadBytes((int)length);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new WasmFormatException(start, "malformed UTF-8 encoding");
        }
    }

    /// <summary>Reads a value type.</summary>
    public WasmValueType ReadValueType()
    {
        byte code = ReadByte();
        if (!ValueTypes.IsValid(code))
            throw new WasmFormatException(Position - 1, $"malformed value type 0x{code:x2}");
        return (WasmValueType)code;
    }

    /// <summary>Reads a reference type.</summary>
    public WasmValueType ReadReferenceType()
    {
        byte code = ReadByte();
        if (code is not ((byte)WasmValueType.FuncRef or (byte)WasmValueType.ExternRef))
            throw new WasmFormatException(Position - 1, $"malformed reference type 0x{code:x2}");
        return (WasmValueType)code;
    }

    /// <summary>Reads an opcode, with its prefix in the high byte.</summary>
    public ushort ReadOpcode()
    {
        byte first = ReadByte();
        if (first is not (0xfc or 0xfd))
            return first;
        uint second = ReadU32();
        if (second > 0xff)
            Fail($"illegal opcode 0x{first:x2} 0x{second:x}");
        return (ushort)(first << 8 | (int)second);
    }

    private long ReadSigned(int bits)
    {
        long result = 0;
        int shift = 0;
        byte b;
        do
        {
            b = ReadByte();
            int left = bits - shift;
            if (left < 8)
            {
                if ((b & 0x80) != 0)
                    Fail("integer representation too long");

                // The bits above the value must all repeat its sign.
                int sign = (sbyte)(b << 1) >> left;
                if (sign is not (0 or -1))
                    Fail("integer too large");
            }

            result |= (long)(b & 0x7f) << shift;
            shift += 7;
        }
        while ((b & 0x80) != 0);
        if (shift < 64 && (b & 0x40) != 0)
            result |= -1L << shift;
        return result;
    }
}
