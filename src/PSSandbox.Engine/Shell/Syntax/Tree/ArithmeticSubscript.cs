namespace PSSandbox.Shell.Syntax;

/// <summary>The subscript of an array element within an arithmetic expression.</summary>
internal sealed class ArithmeticSubscript(string text, ArithmeticNode? index)
{
    /// <summary>
    /// The text between the brackets: the key when the array is associative. May hold markers of operands
    /// (see <see cref="ArithmeticExpression.FirstMarker"/>), to be replaced by their values first.
    /// </summary>
    public string Text { get; } = text;

    /// <summary>The text as an expression; null if it is none (a key such as <c>a b</c>), which is an error for an indexed array.</summary>
    public ArithmeticNode? Index { get; } = index;
}
