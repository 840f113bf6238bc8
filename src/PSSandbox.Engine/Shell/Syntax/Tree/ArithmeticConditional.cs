namespace PSSandbox.Shell.Syntax;

/// <summary><c>condition ? then : else</c>; only one side is evaluated.</summary>
internal sealed class ArithmeticConditional(ArithmeticNode condition, ArithmeticNode then, ArithmeticNode otherwise) : ArithmeticNode(ArithmeticKind.Conditional, Math.Max(condition.Height, Math.Max(then.Height, otherwise.Height)) + 1)
{
    /// <summary>The condition.</summary>
    public ArithmeticNode Condition { get; } = condition;

    /// <summary>The value if the condition is not zero.</summary>
    public ArithmeticNode Then { get; } = then;

    /// <summary>The value otherwise.</summary>
    public ArithmeticNode Else { get; } = otherwise;
}
