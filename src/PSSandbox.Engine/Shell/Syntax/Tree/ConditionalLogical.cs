namespace PSSandbox.Shell.Syntax;

/// <summary>Expressions joined by one of <c>&amp;&amp;</c> and <c>||</c>; <c>&amp;&amp;</c> binds tighter.</summary>
internal sealed class ConditionalLogical(SourcePosition position, bool isOr, ConditionalNode[] operands) : ConditionalNode(ConditionalKind.Logical, position)
{
    /// <summary>True for <c>||</c>, false for <c>&amp;&amp;</c>.</summary>
    public bool IsOr { get; } = isOr;

    /// <summary>Two or more.</summary>
    public ConditionalNode[] Operands { get; } = operands;
}
