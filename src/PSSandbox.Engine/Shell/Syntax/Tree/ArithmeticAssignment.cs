namespace PSSandbox.Shell.Syntax;

/// <summary><c>=</c> and the compound assignments.</summary>
internal sealed class ArithmeticAssignment(ArithmeticOperator op, ArithmeticVariable target, ArithmeticNode value, int valueOffset) : ArithmeticNode(ArithmeticKind.Assignment, Math.Max(target.Height, value.Height) + 1)
{
    /// <summary>The operator that is applied first, such as <see cref="ArithmeticOperator.Add"/> for <c>+=</c>; <see cref="ArithmeticOperator.None"/> for <c>=</c>.</summary>
    public ArithmeticOperator Operator { get; } = op;

    /// <summary>What is assigned to.</summary>
    public ArithmeticVariable Target { get; } = target;

    /// <summary>The right side.</summary>
    public ArithmeticNode Value { get; } = value;

    /// <summary>Where the right side begins in the text: the error token of <c>/=</c> by 0.</summary>
    public int ValueOffset { get; } = valueOffset;
}
