namespace PSSandbox.Shell.Syntax;

/// <summary>Double quotes around at least one expansion; also the body of a here-document that has expansions.</summary>
internal sealed class DoubleQuotedPart(SourcePosition position, WordPart[] parts, QuoteStyle style)
    : WordPart(WordPartKind.DoubleQuoted, position, WordFlags.HasQuote | WordFlags.HasExpansion | (WordFacts.Find(parts) & WordFlags.HasList))
{
    /// <summary>The parts: <see cref="LiteralPart"/> and expansions.</summary>
    public WordPart[] Parts { get; } = parts;

    /// <summary><see cref="QuoteStyle.Double"/>, <see cref="QuoteStyle.Locale"/> or <see cref="QuoteStyle.HereDocument"/>.</summary>
    public QuoteStyle Style { get; } = style;
}
