namespace PSSandbox.Shell.Syntax;

/// <summary>
/// Text that is not quoted by itself: pattern characters in it are active, unless it stands in a <see cref="DoubleQuotedPart"/>.
/// </summary>
internal sealed class LiteralPart(SourcePosition position, string text, WordFlags flags) : WordPart(WordPartKind.Literal, position, flags)
{
    /// <summary>The text. Backslashes are gone: what they quoted is a <see cref="QuotedPart"/>. Extended patterns are text as written.</summary>
    public string Text { get; } = text;

    /// <summary>The flags of plain text: whether it has characters of a pattern.</summary>
    public static WordFlags FindFlags(ReadOnlySpan<char> text) => text.IndexOfAny('*', '?', '[') >= 0 ? WordFlags.HasGlob : WordFlags.None;

    /// <inheritdoc/>
    public override string? LiteralText => Text;
}
