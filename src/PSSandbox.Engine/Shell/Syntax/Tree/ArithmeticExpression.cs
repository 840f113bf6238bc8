namespace PSSandbox.Shell.Syntax;

/// <summary>An arithmetic expression in a script: text with expansions, and its tree where that can be known beforehand.</summary>
/// <remarks>
/// To evaluate: expand <see cref="Operands"/> left to right to strings. If <see cref="Tree"/> is there and each string is a plain decimal
/// integer (<see cref="ArithmeticOperandValue.TryParse"/>), evaluate the tree with those numbers. Otherwise replace each
/// operand's marker in <see cref="Template"/> by its string, parse with <see cref="ArithmeticParser"/>, and evaluate that.
/// Usually there are no operands, and the tree is simply evaluated.
/// </remarks>
internal sealed class ArithmeticExpression : SyntaxNode
{
    /// <summary>The marker of operand i in <see cref="Template"/> is this character plus i: no byte, so it can't occur in source.</summary>
    public const char FirstMarker = '\uE000';

    /// <summary>The greatest number of operands that markers can name.</summary>
    public const int MaxOperands = 6000;

    /// <summary>Makes an expression and parses its template where that makes sense.</summary>
    public ArithmeticExpression(SourcePosition position, WordPart[] parts)
        : base(position)
    {
        Parts = parts;
        (Template, Operands) = ArithmeticTemplate.Make(parts);
        if (Operands.Length <= MaxOperands && ArithmeticTemplate.HasWholeOperands(Template))
        {
            Tree = ArithmeticParser.TryParse(Template, out ArithmeticError? error);
            Error = Operands.Length == 0 ? error : null;
        }
    }

    /// <summary>The parts of the source, read as in double quotes.</summary>
    public WordPart[] Parts { get; }

    /// <summary>The text with a marker in place of each expansion.</summary>
    public string Template { get; }

    /// <summary>The expansions in the text, in order.</summary>
    public WordPart[] Operands { get; }

    /// <summary>
    /// The tree. Null when an expansion is not an operand by itself (<c>$a$b</c>, <c>1$x</c>, <c>$op</c> between numbers) or the text is not
    /// an expression. Of an empty expression the number 0.
    /// </summary>
    public ArithmeticNode? Tree { get; }

    /// <summary>Why text without operands is not an expression; reported only when it is to be evaluated.</summary>
    public ArithmeticError? Error { get; }

    /// <summary>The interpreter's: for instance the last text and its tree.</summary>
    public object? Cache { get; set; }

    /// <summary>The text after expansion.</summary>
    public string Substitute(ReadOnlySpan<string> values)
    {
        if (Operands.Length == 0)
        {
            return Template;
        }

        System.Text.StringBuilder text = new(Template.Length + (8 * values.Length));
        int operand = 0;
        foreach (char c in Template)
        {
            if (c >= FirstMarker)
            {
                text.Append(values[operand++]);
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
