namespace PSSandbox.Shell.Syntax;

/// <summary><c>for (( initial; condition; step )); do … done</c>. An expression left out is null; a missing condition holds.</summary>
internal sealed class ArithmeticForCommand(
    SourcePosition position, ArithmeticExpression? initial, ArithmeticExpression? condition, ArithmeticExpression? step, CommandList body)
    : Command(StatementKind.ArithmeticFor, position)
{
    /// <summary>Evaluated once before the loop.</summary>
    public ArithmeticExpression? Initial { get; } = initial;

    /// <summary>Evaluated before every round; zero ends the loop.</summary>
    public ArithmeticExpression? Condition { get; } = condition;

    /// <summary>Evaluated after every round.</summary>
    public ArithmeticExpression? Step { get; } = step;

    /// <summary>The loop's body.</summary>
    public CommandList Body { get; } = body;
}
