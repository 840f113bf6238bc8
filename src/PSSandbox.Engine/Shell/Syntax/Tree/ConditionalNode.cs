namespace PSSandbox.Shell.Syntax;

/// <summary>A node of the expression of <c>[[ ]]</c>.</summary>
internal abstract class ConditionalNode(ConditionalKind kind, SourcePosition position) : SyntaxNode(position)
{
    /// <summary>Which class this is.</summary>
    public ConditionalKind Kind { get; } = kind;
}
