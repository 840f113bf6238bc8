namespace PSSandbox.Shell.Expansion;

/// <summary>What an element of a compiled pattern is.</summary>
internal enum PatternElementKind
{
    /// <summary>A run of characters that stand for themselves.</summary>
    Literal,

    /// <summary><c>?</c>.</summary>
    Any,

    /// <summary><c>[…]</c>.</summary>
    Set,

    /// <summary><c>*</c>.</summary>
    Star,

    /// <summary>An extended pattern.</summary>
    Group,
}

/// <summary>An element of a compiled pattern.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Of a literal: the characters.</param>
/// <param name="Set">Of a bracket expression: the characters that match.</param>
/// <param name="Operator">Of an extended pattern: <c>? * + @ !</c>.</param>
/// <param name="Alternatives">Of an extended pattern: what stands between the bars.</param>
internal sealed record PatternElement(
    PatternElementKind Kind, string Text = "", CharacterSet? Set = null, char Operator = '\0', PatternElement[][]? Alternatives = null)
{
    /// <summary><c>*</c>.</summary>
    public static readonly PatternElement Star = new(PatternElementKind.Star);

    /// <summary><c>?</c>.</summary>
    public static readonly PatternElement Any = new(PatternElementKind.Any);
}
