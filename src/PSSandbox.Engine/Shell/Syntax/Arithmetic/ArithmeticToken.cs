namespace PSSandbox.Shell.Syntax;

/// <summary>A token of an arithmetic expression.</summary>
internal enum ArithmeticToken : byte
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>Something that is no token: <see cref="ArithmeticLexer.Error"/> says why.</summary>
    Bad,

    /// <summary>A constant.</summary>
    Number,

    /// <summary>The marker of an expansion.</summary>
    Operand,

    /// <summary>A variable's name.</summary>
    Name,

    /// <summary><c>(</c>.</summary>
    Open,

    /// <summary><c>)</c>.</summary>
    Close,

    /// <summary><c>?</c>.</summary>
    Question,

    /// <summary><c>:</c>.</summary>
    Colon,

    /// <summary><c>,</c>.</summary>
    Comma,

    /// <summary><c>=</c> or a compound assignment: <see cref="ArithmeticLexer.AssignmentOperator"/>.</summary>
    Assign,

    /// <summary><c>++</c>.</summary>
    Increment,

    /// <summary><c>--</c>.</summary>
    Decrement,

    /// <summary><c>+</c>.</summary>
    Plus,

    /// <summary><c>-</c>.</summary>
    Minus,

    /// <summary><c>*</c>.</summary>
    Multiply,

    /// <summary><c>/</c>.</summary>
    Divide,

    /// <summary><c>%</c>.</summary>
    Remainder,

    /// <summary><c>**</c>.</summary>
    Power,

    /// <summary><c>&lt;&lt;</c>.</summary>
    ShiftLeft,

    /// <summary><c>&gt;&gt;</c>.</summary>
    ShiftRight,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c>.</summary>
    LessOrEqual,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>&gt;=</c>.</summary>
    GreaterOrEqual,

    /// <summary><c>==</c>.</summary>
    Equal,

    /// <summary><c>!=</c>.</summary>
    NotEqual,

    /// <summary><c>&amp;</c>.</summary>
    BitAnd,

    /// <summary><c>^</c>.</summary>
    BitXor,

    /// <summary><c>|</c>.</summary>
    BitOr,

    /// <summary><c>&amp;&amp;</c>.</summary>
    LogicalAnd,

    /// <summary><c>||</c>.</summary>
    LogicalOr,

    /// <summary><c>!</c>.</summary>
    LogicalNot,

    /// <summary><c>~</c>.</summary>
    BitNot,
}
