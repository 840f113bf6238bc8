namespace PSSandbox.Shell.Syntax;

/// <summary>One element of <c>name=(…)</c>: a word that may expand to several elements, or <c>[subscript]=value</c>.</summary>
internal sealed class ArrayElement(SourcePosition position, Subscript? subscript, bool isAppend, Word value) : SyntaxNode(position)
{
    /// <summary>The subscript of <c>[subscript]=value</c>.</summary>
    public Subscript? Subscript { get; } = subscript;

    /// <summary>Whether the operator is <c>+=</c>.</summary>
    public bool IsAppend { get; } = isAppend;

    /// <summary>The word: with a subscript expanded like an assignment's value, otherwise like an argument.</summary>
    public Word Value { get; } = value;
}
