namespace PSSandbox.Shell.Syntax;

/// <summary>An operator between two operands; <c>&amp;&amp;</c>, <c>||</c> and the comma included.</summary>
internal sealed class ArithmeticBinary(ArithmeticOperator op, ArithmeticNode left, ArithmeticNode right, int rightOffset) : ArithmeticNode(ArithmeticKind.Binary, Math.Max(left.Height, right.Height) + 1)
{
    /// <summary>The operator.</summary>
    public ArithmeticOperator Operator { get; } = op;

    /// <summary>The left operand.</summary>
    public ArithmeticNode Left { get; } = left;

    /// <summary>The right operand.</summary>
    public ArithmeticNode Right { get; } = right;

    /// <summary>Where the right operand begins in the text: the error token of a division by 0 is the text from there.</summary>
    public int RightOffset { get; } = rightOffset;
}
