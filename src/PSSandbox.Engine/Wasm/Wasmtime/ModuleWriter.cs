using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>Writes parts of a module in the binary format (WebAssembly 2.0, 5).</summary>
internal sealed class ModuleWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Writes one byte.</summary>
    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    /// <summary>Writes bytes as they are.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    /// <summary>Writes an unsigned number.</summary>
    public void U32(uint value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    /// <summary>Writes a signed number.</summary>
    public void Signed(long value)
    {
        for (; value is < -0x40 or >= 0x40; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)(value & 0x7f));
    }

    /// <summary>Writes a name.</summary>
    public void Name(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        U32((uint)bytes.Length);
        Bytes(bytes);
    }

    /// <summary>Writes a section.</summary>
    public void Section(byte id, ReadOnlySpan<byte> contents)
    {
        Byte(id);
        U32((uint)contents.Length);
        Bytes(contents);
    }

    /// <summary>Writes a constant expression and its end.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="type">What it gives.</param>
    /// <param name="function">The new index of a function.</param>
    public void Expression(ConstantExpression expression, WasmValueType type, Func<int, uint> function)
    {
        if (expression.Opcode > byte.MaxValue)
        {
            Byte((byte)(expression.Opcode >> 8));
            U32((byte)expression.Opcode);
        }
        else
        {
            Byte((byte)expression.Opcode);
        }

        Span<byte> bits = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bits, expression.Bits);
        BinaryPrimitives.WriteInt64LittleEndian(bits[8..], expression.UpperBits);
        switch (expression.Opcode)
        {
            case Op.I32Const:
                Signed((int)expression.Bits);
                break;
            case Op.I64Const:
                Signed(expression.Bits);
                break;
            case Op.F32Const:
                Bytes(bits[..4]);
                break;
            case Op.F64Const:
                Bytes(bits[..8]);
                break;
            case Op.V128Const:
                Bytes(bits);
                break;
            case Op.RefNull:
                Byte((byte)type);
                break;
            case Op.RefFunc:
                U32(function(expression.Index));
                break;
            default:
                U32((uint)expression.Index);
                break;
        }

        Byte((byte)Op.End);
    }
}
