namespace PSSandbox.Shell.Syntax;

/// <summary><c>( expression )</c>.</summary>
internal sealed class ConditionalGroup(SourcePosition position, ConditionalNode operand) : ConditionalNode(ConditionalKind.Group, position)
{
    /// <summary>What stands in the parentheses.</summary>
    public ConditionalNode Operand { get; } = operand;
}
