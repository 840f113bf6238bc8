namespace PSSandbox.Shell.Syntax;

/// <summary>A word: parts that are expanded and joined. Facts that cost time to find are found once, here.</summary>
internal sealed class Word : SyntaxNode
{
    /// <summary>A word without parts.</summary>
    public static readonly Word Empty = new(default, []);

    /// <summary>Makes a word of parts.</summary>
    public Word(SourcePosition position, WordPart[] parts, Assignment? assignment = null)
        : base(position)
    {
        Parts = parts;
        Assignment = assignment;
        Flags = WordFacts.Find(parts);
        Text = WordFacts.FindText(parts, Flags);
        Literal = (Flags & (WordFlags.HasGlob | WordFlags.HasTilde | WordFlags.HasBrace)) == 0 && (parts.Length > 0) ? Text : null;
    }

    /// <summary>The parts in order; adjacent literals are one part.</summary>
    public WordPart[] Parts { get; }

    /// <summary>What kinds of expansion there are.</summary>
    public WordFlags Flags { get; }

    /// <summary>The word after quote removal, when it has no expansion, tilde or braces. May hold unquoted pattern characters: see <see cref="Flags"/>.</summary>
    public string? Text { get; }

    /// <summary>The one field the word always expands to: <see cref="Text"/> when there is also no pathname expansion. Null otherwise.</summary>
    public string? Literal { get; }

    /// <summary>
    /// In the arguments of a declaration utility (<c>export</c>, <c>readonly</c>, <c>local</c>, <c>declare</c>, <c>typeset</c>, <c>alias</c>):
    /// the assignment this word is, to be expanded as one. The parts then are those of the whole word, except for an array.
    /// </summary>
    public Assignment? Assignment { get; }

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }
}
