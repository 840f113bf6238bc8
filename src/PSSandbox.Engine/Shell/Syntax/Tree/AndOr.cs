namespace PSSandbox.Shell.Syntax;

/// <summary>Pipelines joined by <c>&amp;&amp;</c> and <c>||</c>, which have equal precedence and associate to the left.</summary>
internal sealed class AndOr(SourcePosition position, Statement[] operands, bool[] isOr) : Statement(StatementKind.AndOr, position)
{
    /// <summary>Two or more: each a <see cref="Pipeline"/> or a <see cref="Command"/>.</summary>
    public Statement[] Operands { get; } = operands;

    /// <summary>The operator before operand i+1: true for <c>||</c>, false for <c>&amp;&amp;</c>. One shorter than <see cref="Operands"/>.</summary>
    public bool[] IsOr { get; } = isOr;
}
