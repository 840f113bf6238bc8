namespace PSSandbox.Shell.Syntax;

/// <summary>What can stand in a list: an and-or list, a pipeline, or directly a command where the other two would have one member.</summary>
internal abstract class Statement(StatementKind kind, SourcePosition position) : SyntaxNode(position)
{
    /// <summary>Which class this is; the interpreter switches on it.</summary>
    public StatementKind Kind { get; } = kind;
}
