namespace PSSandbox.Shell.Syntax;

/// <summary>One redirection.</summary>
internal sealed class Redirection(SourcePosition position, RedirectionOperator op, int descriptor, string? variable, Word target)
    : SyntaxNode(position)
{
    /// <summary>The value of <see cref="TargetDescriptor"/> that stands for <c>-</c>: close.</summary>
    public const int Close = -2;

    /// <summary>The operator.</summary>
    public RedirectionOperator Operator { get; } = op;

    /// <summary>The descriptor written before the operator, or -1.</summary>
    public int ExplicitDescriptor { get; } = descriptor;

    /// <summary>The descriptor that is redirected: the one written, else 0 for input and 1 for output operators.</summary>
    public int Descriptor { get; } = descriptor >= 0 ? descriptor : op.IsInput() ? 0 : 1;

    /// <summary>The name of <c>{name}&gt;file</c>: the variable, or element <c>name[subscript]</c>, that gets, or for closing holds, the descriptor.</summary>
    public string? Variable { get; } = variable;

    /// <summary>The file name, the descriptor of a duplication, the text of <c>&lt;&lt;&lt;</c>, or the delimiter of a here-document as written.</summary>
    public Word Target { get; } = target;

    /// <summary>Of <c>&lt;&amp;</c> and <c>&gt;&amp;</c> with a literal target: the descriptor, <see cref="Close"/> for <c>-</c>; otherwise -1.</summary>
    public int TargetDescriptor { get; } = FindTargetDescriptor(op, target, out _);

    /// <summary>Whether the source descriptor is closed after duplication (<c>n&gt;&amp;m-</c>, with a literal target).</summary>
    public bool IsMove { get; } = FindTargetDescriptor(op, target, out bool isMove) >= 0 && isMove;

    /// <summary>The here-document of <c>&lt;&lt;</c> and <c>&lt;&lt;-</c>.</summary>
    public HereDocument? Document { get; internal set; }

    private static int FindTargetDescriptor(RedirectionOperator op, Word target, out bool isMove)
    {
        isMove = false;
        if (op is not (RedirectionOperator.DuplicateInput or RedirectionOperator.DuplicateOutput) || target.Literal is not { Length: > 0 } text)
        {
            return -1;
        }

        if (text == "-")
        {
            return Close;
        }

        ReadOnlySpan<char> digits = text;
        if (digits[^1] == '-')
        {
            isMove = true;
            digits = digits[..^1];
        }

        return int.TryParse(digits, System.Globalization.NumberStyles.None, null, out int descriptor) ? descriptor : -1;
    }
}
