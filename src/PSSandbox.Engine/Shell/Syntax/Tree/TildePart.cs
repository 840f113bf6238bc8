namespace PSSandbox.Shell.Syntax;

/// <summary>A tilde-prefix: <c>~</c>, <c>~user</c>, <c>~+</c>, <c>~-</c>.</summary>
internal sealed class TildePart(SourcePosition position, string user) : WordPart(WordPartKind.Tilde, position, WordFlags.HasTilde)
{
    /// <summary>What follows the tilde up to the next slash (or colon): empty for HOME. If it names nobody the prefix stays as written.</summary>
    public string User { get; } = user;
}
