namespace PSSandbox.Shell.Syntax;

/// <summary><c>left op right</c>.</summary>
internal sealed class ConditionalBinary(SourcePosition position, ConditionalOperator op, Word left, Word right) : ConditionalNode(ConditionalKind.Binary, position)
{
    /// <summary>The operator.</summary>
    public ConditionalOperator Operator { get; } = op;

    /// <summary>The left operand.</summary>
    public Word Left { get; } = left;

    /// <summary>The right operand: a pattern, a regular expression, a string or an arithmetic expression as the operator has it.</summary>
    public Word Right { get; } = right;

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }
}
