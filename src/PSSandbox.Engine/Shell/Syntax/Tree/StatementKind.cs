namespace PSSandbox.Shell.Syntax;

/// <summary>The class of a <see cref="Statement"/>.</summary>
internal enum StatementKind : byte
{
    /// <summary><see cref="SimpleCommand"/>.</summary>
    Simple,

    /// <summary><see cref="Syntax.Subshell"/>.</summary>
    Subshell,

    /// <summary><see cref="Syntax.BraceGroup"/>.</summary>
    BraceGroup,

    /// <summary><see cref="IfCommand"/>.</summary>
    If,

    /// <summary><see cref="LoopCommand"/> (while, until).</summary>
    Loop,

    /// <summary><see cref="ForCommand"/>.</summary>
    For,

    /// <summary><see cref="ArithmeticForCommand"/>.</summary>
    ArithmeticFor,

    /// <summary><see cref="SelectCommand"/>.</summary>
    Select,

    /// <summary><see cref="CaseCommand"/>.</summary>
    Case,

    /// <summary><see cref="FunctionDefinition"/>.</summary>
    Function,

    /// <summary><see cref="ArithmeticCommand"/>.</summary>
    Arithmetic,

    /// <summary><see cref="ConditionalCommand"/>.</summary>
    Conditional,

    /// <summary><see cref="CoprocCommand"/>.</summary>
    Coproc,

    /// <summary><see cref="Syntax.Pipeline"/>.</summary>
    Pipeline,

    /// <summary><see cref="Syntax.AndOr"/>.</summary>
    AndOr,
}
