namespace PSSandbox.Shell.Syntax;

/// <summary>A variable, or an element of an array, by name. Its value is itself evaluated as an expression.</summary>
internal sealed class ArithmeticVariable(string name, ArithmeticSubscript? subscript, int offset) : ArithmeticNode(ArithmeticKind.Variable, 1 + (subscript?.Index?.Height ?? 0))
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The subscript.</summary>
    public ArithmeticSubscript? Subscript { get; } = subscript;

    /// <summary>Where the name begins in the text that was parsed, for messages.</summary>
    public int Offset { get; } = offset;

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }
}
