namespace PSSandbox.Shell.Syntax;

/// <summary>What stands in the brackets of <c>name[…]</c>: an arithmetic expression, or for an associative array a string.</summary>
internal sealed class Subscript(SourcePosition position, Word text, SubscriptKind kind, ArithmeticExpression? expression) : SyntaxNode(position)
{
    /// <summary>The subscript as a word: the key of an associative array after expansion without splitting.</summary>
    public Word Text { get; } = text;

    /// <summary>Whether it is <c>@</c> or <c>*</c>.</summary>
    public SubscriptKind Kind { get; } = kind;

    /// <summary>The subscript as an arithmetic expression, for indexed arrays; null for <c>@</c> and <c>*</c>.</summary>
    public ArithmeticExpression? Expression { get; } = expression;
}
