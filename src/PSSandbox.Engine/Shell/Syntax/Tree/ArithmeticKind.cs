namespace PSSandbox.Shell.Syntax;

/// <summary>The class of an <see cref="ArithmeticNode"/>.</summary>
internal enum ArithmeticKind : byte
{
    /// <summary><see cref="ArithmeticNumber"/>.</summary>
    Number,

    /// <summary><see cref="ArithmeticOperand"/>.</summary>
    Operand,

    /// <summary><see cref="ArithmeticVariable"/>.</summary>
    Variable,

    /// <summary><see cref="ArithmeticUnary"/>.</summary>
    Unary,

    /// <summary><see cref="ArithmeticBinary"/>.</summary>
    Binary,

    /// <summary><see cref="ArithmeticAssignment"/>.</summary>
    Assignment,

    /// <summary><see cref="ArithmeticIncrement"/>.</summary>
    Increment,

    /// <summary><see cref="ArithmeticConditional"/>.</summary>
    Conditional,
}
