namespace PSSandbox.Shell.Syntax;

/// <summary><c>$((…))</c> or <c>$[…]</c>.</summary>
internal sealed class ArithmeticPart(SourcePosition position, ArithmeticExpression expression, bool isBracketed)
    : WordPart(WordPartKind.Arithmetic, position, WordFlags.HasExpansion | WordFlags.HasUnquotedExpansion)
{
    /// <summary>The expression.</summary>
    public ArithmeticExpression Expression { get; } = expression;

    /// <summary>Whether it was written <c>$[…]</c>.</summary>
    public bool IsBracketed { get; } = isBracketed;
}
