namespace PSSandbox.Shell.Syntax;

/// <summary>What ends text that is read by the rules of double quotes.</summary>
internal enum QuotedContext : byte
{
    /// <summary><c>"</c>.</summary>
    DoubleQuotes,

    /// <summary>The end of the source: the body of a here-document.</summary>
    HereDocument,

    /// <summary><c>}</c>: the word of <c>${v:-word}</c> inside double quotes.</summary>
    Parameter,

    /// <summary><c>))</c>.</summary>
    Arithmetic,

    /// <summary><c>]</c>: of <c>$[…]</c>.</summary>
    BracketArithmetic,

    /// <summary><c>;</c> or <c>))</c>: of <c>for ((…;…;…))</c>.</summary>
    ForArithmetic,

    /// <summary><c>:</c> or <c>}</c>: of <c>${v:offset:length}</c>.</summary>
    Offset,

    /// <summary><c>}</c>: of <c>${v:offset:length}</c>.</summary>
    Length,
}
