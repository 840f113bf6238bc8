namespace PSSandbox.Shell.Syntax;

/// <summary>
/// A brace expansion: <c>{a,b}</c> with <see cref="Alternatives"/> or <c>{1..9..2}</c> with <see cref="Sequence"/>. The word holding it
/// expands to several words before any other expansion: see <see cref="BraceExpansion"/>.
/// </summary>
internal sealed class BracePart : WordPart
{
    /// <summary>A list of alternatives.</summary>
    public BracePart(SourcePosition position, Word[] alternatives)
        : base(WordPartKind.Brace, position, WordFlags.HasBrace)
    {
        Alternatives = alternatives;
    }

    /// <summary>A sequence.</summary>
    public BracePart(SourcePosition position, BraceSequence sequence)
        : base(WordPartKind.Brace, position, WordFlags.HasBrace)
    {
        Sequence = sequence;
        Alternatives = [];
    }

    /// <summary>The alternatives, two or more; empty for a sequence.</summary>
    public Word[] Alternatives { get; }

    /// <summary>The sequence, if it is one.</summary>
    public BraceSequence? Sequence { get; }
}
