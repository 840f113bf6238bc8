namespace PSSandbox.Shell.Syntax;

/// <summary>The value of an expansion: <see cref="ArithmeticExpression.Operands"/> by index.</summary>
internal sealed class ArithmeticOperand(int index) : ArithmeticNode(ArithmeticKind.Operand, 1)
{
    /// <summary>Which operand.</summary>
    public int Index { get; } = index;
}
