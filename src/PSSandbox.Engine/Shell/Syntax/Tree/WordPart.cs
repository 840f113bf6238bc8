namespace PSSandbox.Shell.Syntax;

/// <summary>A part of a word.</summary>
internal abstract class WordPart(WordPartKind kind, SourcePosition position, WordFlags flags) : SyntaxNode(position)
{
    /// <summary>Which class this is; the interpreter switches on it.</summary>
    public WordPartKind Kind { get; } = kind;

    /// <summary>What the part adds to the flags of its word.</summary>
    public WordFlags Flags { get; } = flags;

    /// <summary>The text of a part that expands to itself.</summary>
    public virtual string? LiteralText => null;
}
