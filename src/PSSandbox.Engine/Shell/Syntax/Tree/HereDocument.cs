namespace PSSandbox.Shell.Syntax;

/// <summary>The body of a here-document.</summary>
internal sealed class HereDocument(SourcePosition position, string delimiter, bool isQuoted, Word body) : SyntaxNode(position)
{
    /// <summary>The delimiter after quote removal.</summary>
    public string Delimiter { get; } = delimiter;

    /// <summary>Whether any part of the delimiter was quoted, so that the body is literal.</summary>
    public bool IsQuoted { get; } = isQuoted;

    /// <summary>
    /// The body, up to and including its last newline: one quoted part. So expanding it as a word without splitting gives the
    /// text; with <see cref="Word.Literal"/> set nothing needs expanding.
    /// </summary>
    public Word Body { get; } = body;
}
