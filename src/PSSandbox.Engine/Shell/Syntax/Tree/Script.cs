namespace PSSandbox.Shell.Syntax;

/// <summary>A whole source text.</summary>
internal sealed class Script(SourcePosition position, CommandList body, Comment[] comments) : SyntaxNode(position)
{
    /// <summary>The statements in order; empty for a script of nothing but blank lines and comments.</summary>
    public CommandList Body { get; } = body;

    /// <summary>All comments in order of appearance; empty unless <see cref="ShellParserOptions.KeepComments"/> is set.</summary>
    public Comment[] Comments { get; } = comments;
}
