using System.Buffers.Binary;

namespace PSSandbox.Wasi;

/// <summary>Writes the fields of a structure one after the other, little endian.</summary>
internal ref struct FieldWriter(Span<byte> target)
{
    private Span<byte> _rest = target;

    /// <summary>Writes 8 bits.</summary>
    public void Byte(int value)
    {
        _rest[0] = (byte)value;
        _rest = _rest[1..];
    }

    /// <summary>Writes 16 bits.</summary>
    public void UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_rest, (ushort)value);
        _rest = _rest[sizeof(ushort)..];
    }

    /// <summary>Writes 32 bits.</summary>
    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_rest, value);
        _rest = _rest[sizeof(int)..];
    }

    /// <summary>Writes 64 bits.</summary>
    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_rest, value);
        _rest = _rest[sizeof(long)..];
    }
}
