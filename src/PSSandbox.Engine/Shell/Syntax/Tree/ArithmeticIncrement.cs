namespace PSSandbox.Shell.Syntax;

/// <summary><c>++</c> and <c>--</c>, before or after a variable.</summary>
internal sealed class ArithmeticIncrement(ArithmeticVariable target, int delta, bool isPrefix) : ArithmeticNode(ArithmeticKind.Increment, target.Height + 1)
{
    /// <summary>The variable.</summary>
    public ArithmeticVariable Target { get; } = target;

    /// <summary>1 or -1.</summary>
    public int Delta { get; } = delta;

    /// <summary>Whether the value is the one after the change.</summary>
    public bool IsPrefix { get; } = isPrefix;
}
