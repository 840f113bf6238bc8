namespace PSSandbox.Shell.Syntax;

/// <summary>A comment: its text begins with <c>#</c> and ends before the newline.</summary>
internal sealed class Comment(SourcePosition position, string text) : SyntaxNode(position)
{
    /// <summary>The text including the leading <c>#</c>.</summary>
    public string Text { get; } = text;
}
