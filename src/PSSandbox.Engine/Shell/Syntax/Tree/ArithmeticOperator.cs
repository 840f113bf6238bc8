namespace PSSandbox.Shell.Syntax;

/// <summary>An arithmetic operator.</summary>
internal enum ArithmeticOperator : byte
{
    /// <summary>No operator.</summary>
    None,

    /// <summary><c>+</c>.</summary>
    Add,

    /// <summary><c>-</c>.</summary>
    Subtract,

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

    /// <summary><c>&amp;&amp;</c>; the right side is evaluated only if needed.</summary>
    LogicalAnd,

    /// <summary><c>||</c>; the right side is evaluated only if needed.</summary>
    LogicalOr,

    /// <summary><c>,</c>: the value of the right side.</summary>
    Comma,

    /// <summary><c>!</c>.</summary>
    LogicalNot,

    /// <summary><c>~</c>.</summary>
    BitNot,
}
