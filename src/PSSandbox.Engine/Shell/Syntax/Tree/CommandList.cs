namespace PSSandbox.Shell.Syntax;

/// <summary>Statements one after the other (POSIX <c>compound_list</c>), each ended by <c>;</c>, newline or <c>&amp;</c>.</summary>
internal sealed class CommandList(SourcePosition position, ListItem[] items) : SyntaxNode(position)
{
    /// <summary>The statements; empty only for an empty script or command substitution.</summary>
    public ListItem[] Items { get; } = items;

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }
}
