namespace PSSandbox.Shell.Syntax;

/// <summary><c>name=value</c>, <c>name+=value</c>, <c>name[i]=value</c> or <c>name=(elements)</c>.</summary>
internal sealed class Assignment(SourcePosition position, string name, Subscript? subscript, bool isAppend, Word value, ArrayElement[]? elements)
    : SyntaxNode(position)
{
    /// <summary>The variable.</summary>
    public string Name { get; } = name;

    /// <summary>The subscript.</summary>
    public Subscript? Subscript { get; } = subscript;

    /// <summary>Whether the operator is <c>+=</c>.</summary>
    public bool IsAppend { get; } = isAppend;

    /// <summary>
    /// The value: expanded without splitting, pathname and brace expansion; tildes after <c>=</c> and <c>:</c> are already
    /// parts. <see cref="Word.Empty"/> when nothing follows the operator and when <see cref="Elements"/> is set.
    /// </summary>
    public Word Value { get; } = value;

    /// <summary>The elements of <c>name=(…)</c>.</summary>
    public ArrayElement[]? Elements { get; } = elements;

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }
}
