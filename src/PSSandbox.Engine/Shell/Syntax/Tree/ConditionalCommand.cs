namespace PSSandbox.Shell.Syntax;

/// <summary><c>[[ expression ]]</c>.</summary>
internal sealed class ConditionalCommand(SourcePosition position, ConditionalNode expression) : Command(StatementKind.Conditional, position)
{
    /// <summary>The expression.</summary>
    public ConditionalNode Expression { get; } = expression;
}
