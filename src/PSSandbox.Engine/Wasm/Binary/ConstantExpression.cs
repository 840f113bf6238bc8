namespace PSSandbox.Wasm.Binary;

/// <summary>A constant expression of one instruction, which is all that WebAssembly 2.0 allows.</summary>
/// <param name="Opcode">A <c>const</c>, <c>global.get</c>, <c>ref.null</c> or <c>ref.func</c>.</param>
/// <param name="Index">Index of the global or function.</param>
/// <param name="Value">The constant's bits.</param>
internal readonly record struct ConstantExpression(ushort Opcode, int Index, UInt128 Value)
{
    /// <summary>A null reference.</summary>
    public static ConstantExpression Null { get; } = new(Op.RefNull, 0, 0);

    /// <summary>A reference to a function.</summary>
    public static ConstantExpression Function(int index) => new(Op.RefFunc, index, 0);
}
