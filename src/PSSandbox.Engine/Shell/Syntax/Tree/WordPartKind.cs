namespace PSSandbox.Shell.Syntax;

/// <summary>The class of a <see cref="WordPart"/>.</summary>
internal enum WordPartKind : byte
{
    /// <summary><see cref="LiteralPart"/>.</summary>
    Literal,

    /// <summary><see cref="QuotedPart"/>: literal text in any kind of quotes.</summary>
    Quoted,

    /// <summary><see cref="DoubleQuotedPart"/>: double quotes around expansions.</summary>
    DoubleQuoted,

    /// <summary><see cref="ParameterPart"/>.</summary>
    Parameter,

    /// <summary><see cref="CommandSubstitutionPart"/>.</summary>
    CommandSubstitution,

    /// <summary><see cref="ArithmeticPart"/>.</summary>
    Arithmetic,

    /// <summary><see cref="ProcessSubstitutionPart"/>.</summary>
    ProcessSubstitution,

    /// <summary><see cref="TildePart"/>.</summary>
    Tilde,

    /// <summary><see cref="BracePart"/>.</summary>
    Brace,
}
