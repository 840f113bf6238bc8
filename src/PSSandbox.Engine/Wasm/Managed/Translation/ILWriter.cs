using System.Buffers.Binary;

namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>Writes the instructions of one method (ECMA-335, III) with branches to labels, always in their long form.</summary>
internal sealed class ILWriter
{
    private readonly List<int> _labels = [];
    private readonly List<Fixup> _fixups = [];
    private byte[] _code = new byte[4096];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Instructions written, or a few more.</summary>
    public int Instructions { get; private set; }

    /// <summary>Instructions written that load or store a local or an argument.</summary>
    public int LocalReferences { get; private set; }

    /// <summary>Begins a new method.</summary>
    public void Clear()
    {
        Length = 0;
        Instructions = 0;
        LocalReferences = 0;
        _labels.Clear();
        _fixups.Clear();
    }

    /// <summary>Fills in the branches and gives the method's code.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        foreach (Fixup fixup in _fixups)
            BinaryPrimitives.WriteInt32LittleEndian(_code.AsSpan(fixup.Position), _labels[fixup.Label] - fixup.From);
        return _code.AsSpan(0, Length);
    }

    /// <summary>A label that has no place yet.</summary>
    public int NewLabel()
    {
        _labels.Add(-1);
        return _labels.Count - 1;
    }

    /// <summary>Puts a label here.</summary>
    public void Mark(int label) => _labels[label] = Length;

    /// <summary>Writes an instruction of one byte without operand.</summary>
    public void Op(byte opcode) => Space(1)[0] = opcode;

    /// <summary>Writes instructions as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Space(bytes.Length));
        Instructions += bytes.Length - 1;
    }

    /// <summary>Writes an instruction with a token.</summary>
    public void Token(byte opcode, int token)
    {
        Span<byte> space = Space(5);
        space[0] = opcode;
        BinaryPrimitives.WriteInt32LittleEndian(space[1..], token);
    }

    /// <summary>Writes <c>call</c>.</summary>
    public void Call(int token) => Token(IL.Call, token);

    /// <summary>Writes a branch.</summary>
    public void Branch(byte opcode, int label)
    {
        Token(opcode, 0);
        _fixups.Add(new Fixup(Length - 4, Length, label));
    }

    /// <summary>Writes <c>switch</c>.</summary>
    public void Switch(ReadOnlySpan<int> labels)
    {
        Token(IL.Switch, labels.Length);
        int end = Length + (labels.Length * 4);
        foreach (int label in labels)
        {
            _fixups.Add(new Fixup(Length, end, label));
            Space(4).Clear();
        }
    }

    /// <summary>Loads a constant of 32 bits.</summary>
    public void I4(int value)
    {
        if (value is >= -1 and <= 8)
        {
            Op((byte)(IL.Ldc_I4_0 + value));
        }
        else if (value is >= sbyte.MinValue and <= sbyte.MaxValue)
        {
            Span<byte> space = Space(2);
            space[0] = IL.Ldc_I4_S;
            space[1] = (byte)value;
        }
        else
        {
            Token(IL.Ldc_I4, value);
        }
    }

    /// <summary>Loads a constant of 64 bits.</summary>
    public void I8(long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            I4((int)value);
            Op(IL.Conv_I8);
            return;
        }

        Span<byte> space = Space(9);
        space[0] = IL.Ldc_I8;
        BinaryPrimitives.WriteInt64LittleEndian(space[1..], value);
    }

    /// <summary>Loads a constant that is added to something of the size of a pointer, which also widens one of 32 bits.</summary>
    public void Offset(long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
            I4((int)value);
        else
            I8(value);
    }

    /// <summary>Loads a constant of the size of a pointer.</summary>
    public void Native(long value)
    {
        Offset(value);
        Op(IL.Conv_I);
    }

    /// <summary>Loads a <c>float</c> that is not a NaN.</summary>
    public void R4(int bits) => Token(IL.Ldc_R4, bits);

    /// <summary>Loads a <c>double</c>.</summary>
    public void R8(long bits)
    {
        Span<byte> space = Space(9);
        space[0] = IL.Ldc_R8;
        BinaryPrimitives.WriteInt64LittleEndian(space[1..], bits);
    }

    /// <summary>Loads an argument.</summary>
    public void Ldarg(int index) => Variable(index, IL.Ldarg_0, IL.Ldarg_S, 0x09);

    /// <summary>Stores an argument.</summary>
    public void Starg(int index) => Variable(index, null, IL.Starg_S, 0x0b);

    /// <summary>Loads a local.</summary>
    public void Ldloc(int index) => Variable(index, IL.Ldloc_0, IL.Ldloc_S, 0x0c);

    /// <summary>Loads the address of a local.</summary>
    public void Ldloca(int index) => Variable(index, null, IL.Ldloca_S, 0x0d);

    /// <summary>Stores a local.</summary>
    public void Stloc(int index) => Variable(index, IL.Stloc_0, IL.Stloc_S, 0x0e);

    private void Variable(int index, byte? shortest, byte shorter, byte longest)
    {
        LocalReferences++;
        if (index < 4 && shortest is { } first)
        {
            Op((byte)(first + index));
        }
        else if (index < 256)
        {
            Span<byte> space = Space(2);
            space[0] = shorter;
            space[1] = (byte)index;
        }
        else
        {
            Span<byte> space = Space(4);
            space[0] = IL.Prefix;
            space[1] = longest;
            BinaryPrimitives.WriteUInt16LittleEndian(space[2..], checked((ushort)index));
        }
    }

    private Span<byte> Space(int count)
    {
        Instructions++;
        if (Length + count > _code.Length)
            Array.Resize(ref _code, Math.Max(_code.Length * 2, Length + count));
        Span<byte> space = _code.AsSpan(Length, count);
        Length += count;
        return space;
    }

    private readonly record struct Fixup(int Position, int From, int Label);
}
