namespace PSSandbox.Wasm.Binary;

/// <summary>A constant expression of one instruction, which is all that WebAssembly 2.0 allows.</summary>
/// <param name="Opcode">A <c>const</c>, <c>global.get</c>, <c>ref.null</c> or <c>ref.func</c>.</param>
/// <param name="Index">Index of the global or function.</param>
/// <param name="Bits">The constant's bits, those of 32 extended by zeros; the lower half of a vector.</param>
/// <param name="UpperBits">The upper half of a vector.</param>
/// <remarks>No 128-bit type: what has one, and all methods that touch it, cannot be compiled ahead of time.</remarks>
internal readonly record struct ConstantExpression(ushort Opcode, int Index, long Bits, long UpperBits)
{
    /// <summary>A null reference.</summary>
    public static ConstantExpression Null { get; } = new(Op.RefNull, 0, 0, 0);

    /// <summary>A reference to a function.</summary>
    public static ConstantExpression Function(int index) => new(Op.RefFunc, index, 0, 0);
}
