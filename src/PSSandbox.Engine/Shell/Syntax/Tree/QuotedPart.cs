namespace PSSandbox.Shell.Syntax;

/// <summary>Quoted text without expansions: <c>\x</c>, <c>'…'</c>, <c>"…"</c> or <c>$'…'</c>.</summary>
internal sealed class QuotedPart(SourcePosition position, string text, QuoteStyle style) : WordPart(WordPartKind.Quoted, position, WordFlags.HasQuote)
{
    /// <summary>The text after quote removal and decoding of escapes; may be empty.</summary>
    public string Text { get; } = text;

    /// <summary>How it is quoted; only the printer needs to know.</summary>
    public QuoteStyle Style { get; } = style;

    /// <inheritdoc/>
    public override string? LiteralText => Text;
}
