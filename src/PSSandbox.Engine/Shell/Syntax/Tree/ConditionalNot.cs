namespace PSSandbox.Shell.Syntax;

/// <summary><c>! expression</c>.</summary>
internal sealed class ConditionalNot(SourcePosition position, ConditionalNode operand) : ConditionalNode(ConditionalKind.Not, position)
{
    /// <summary>What is negated.</summary>
    public ConditionalNode Operand { get; } = operand;
}
