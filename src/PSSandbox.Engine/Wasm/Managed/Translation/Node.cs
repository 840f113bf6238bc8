namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>
/// An expression that was taken from the code but not yet emitted. It never traps and has no effect; what it depends
/// on is noted, so that it is emitted before that changes.
/// </summary>
internal struct Node
{
    /// <summary>What it is.</summary>
    public NodeKind Kind;

    /// <summary>Type of the value.</summary>
    public LocalType Type;

    /// <summary>Depth of the tree below; bounded.</summary>
    public byte Depth;

    /// <summary>Whether the value depends on memory.</summary>
    public bool ReadsMemory;

    /// <summary>Whether the value depends on a mutable global.</summary>
    public bool ReadsGlobal;

    /// <summary>The operation or the kind of load.</summary>
    public ushort Opcode;

    /// <summary>First operand, or index of the local, temporary or global.</summary>
    public int A;

    /// <summary>Second operand, or -1.</summary>
    public int B;

    /// <summary>Third operand, or -1.</summary>
    public int C;

    /// <summary>A constant's bits, or the offset of a load.</summary>
    public long Value;

    /// <summary>The upper bits of a <c>v128</c> constant.</summary>
    public long High;

    /// <summary>Locals that the value depends on, one bit for all with the same index modulo 64.</summary>
    public ulong Locals;
}
