namespace PSSandbox.Shell.Syntax;

/// <summary>The class of a <see cref="ConditionalNode"/>.</summary>
internal enum ConditionalKind : byte
{
    /// <summary><see cref="ConditionalUnary"/>, also a word alone (<c>-n</c>).</summary>
    Unary,

    /// <summary><see cref="ConditionalBinary"/>.</summary>
    Binary,

    /// <summary><see cref="ConditionalNot"/>.</summary>
    Not,

    /// <summary><see cref="ConditionalLogical"/>.</summary>
    Logical,

    /// <summary><see cref="ConditionalGroup"/>.</summary>
    Group,
}
