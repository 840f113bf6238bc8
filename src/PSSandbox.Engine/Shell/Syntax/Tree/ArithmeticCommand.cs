namespace PSSandbox.Shell.Syntax;

/// <summary><c>(( expression ))</c>: status 0 when the value is not zero.</summary>
internal sealed class ArithmeticCommand(SourcePosition position, ArithmeticExpression expression) : Command(StatementKind.Arithmetic, position)
{
    /// <summary>The expression.</summary>
    public ArithmeticExpression Expression { get; } = expression;
}
