namespace PSSandbox.Shell.Syntax;

/// <summary><c>-f word</c> and its like; a word alone is <c>-n word</c> with <see cref="IsImplicit"/>.</summary>
internal sealed class ConditionalUnary(SourcePosition position, string op, Word operand, bool isImplicit) : ConditionalNode(ConditionalKind.Unary, position)
{
    /// <summary>The operator with its dash, such as <c>-f</c>; interned, so two equal ones are the same reference.</summary>
    public string Operator { get; } = op;

    /// <summary>The operand: expanded without splitting or pathname expansion.</summary>
    public Word Operand { get; } = operand;

    /// <summary>Whether the operator is not in the source.</summary>
    public bool IsImplicit { get; } = isImplicit;
}
