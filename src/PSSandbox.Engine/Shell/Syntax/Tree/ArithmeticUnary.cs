namespace PSSandbox.Shell.Syntax;

/// <summary><c>+ - ! ~</c> before an operand.</summary>
internal sealed class ArithmeticUnary(ArithmeticOperator op, ArithmeticNode operand) : ArithmeticNode(ArithmeticKind.Unary, operand.Height + 1)
{
    /// <summary>One of <see cref="ArithmeticOperator.Add"/> (plus), <see cref="ArithmeticOperator.Subtract"/> (minus), <see cref="ArithmeticOperator.LogicalNot"/>, <see cref="ArithmeticOperator.BitNot"/>.</summary>
    public ArithmeticOperator Operator { get; } = op;

    /// <summary>The operand.</summary>
    public ArithmeticNode Operand { get; } = operand;
}
