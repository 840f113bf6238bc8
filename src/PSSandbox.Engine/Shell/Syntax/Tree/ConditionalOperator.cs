namespace PSSandbox.Shell.Syntax;

/// <summary>A binary operator of <c>[[ ]]</c>.</summary>
internal enum ConditionalOperator : byte
{
    /// <summary><c>=</c> or <c>==</c>: the right side is a pattern.</summary>
    Match,

    /// <summary><c>!=</c>: the right side is a pattern.</summary>
    NotMatch,

    /// <summary><c>=~</c>: the right side is an extended regular expression; its quoted parts are literal.</summary>
    Regex,

    /// <summary><c>&lt;</c> on strings.</summary>
    Less,

    /// <summary><c>&gt;</c> on strings.</summary>
    Greater,

    /// <summary><c>-eq</c>: both sides are arithmetic expressions.</summary>
    ArithmeticEqual,

    /// <summary><c>-ne</c>.</summary>
    ArithmeticNotEqual,

    /// <summary><c>-lt</c>.</summary>
    ArithmeticLess,

    /// <summary><c>-le</c>.</summary>
    ArithmeticLessOrEqual,

    /// <summary><c>-gt</c>.</summary>
    ArithmeticGreater,

    /// <summary><c>-ge</c>.</summary>
    ArithmeticGreaterOrEqual,

    /// <summary><c>-nt</c>: newer than.</summary>
    Newer,

    /// <summary><c>-ot</c>: older than.</summary>
    Older,

    /// <summary><c>-ef</c>: the same file.</summary>
    SameFile,
}
