namespace PSSandbox.Shell.Syntax;

/// <summary>A node of an arithmetic expression. All values are signed 64-bit integers that wrap.</summary>
internal abstract class ArithmeticNode(ArithmeticKind kind, int height)
{
    /// <summary>Which class this is; the evaluator switches on it.</summary>
    public ArithmeticKind Kind { get; } = kind;

    /// <summary>The number of levels of the tree from here down; at most <see cref="ArithmeticParser.MaxHeight"/>, so evaluating may recurse.</summary>
    public int Height { get; } = height;
}
