namespace PSSandbox.Shell.Syntax;

/// <summary>The operator of a redirection.</summary>
internal enum RedirectionOperator : byte
{
    /// <summary><c>&lt;</c>.</summary>
    Input,

    /// <summary><c>&gt;</c>.</summary>
    Output,

    /// <summary><c>&gt;&gt;</c>.</summary>
    Append,

    /// <summary><c>&gt;|</c>: also under noclobber.</summary>
    Clobber,

    /// <summary><c>&lt;&gt;</c>.</summary>
    ReadWrite,

    /// <summary><c>&lt;&amp;</c>: the target is a descriptor, a descriptor and <c>-</c>, or <c>-</c>.</summary>
    DuplicateInput,

    /// <summary><c>&gt;&amp;</c>: as <see cref="DuplicateInput"/>; in bash a target that is no number is a file for both outputs.</summary>
    DuplicateOutput,

    /// <summary><c>&lt;&lt;</c>.</summary>
    HereDocument,

    /// <summary><c>&lt;&lt;-</c>: leading tabs are already removed from the body.</summary>
    HereDocumentStripTabs,

    /// <summary><c>&lt;&lt;&lt;</c>.</summary>
    HereString,

    /// <summary><c>&amp;&gt;</c>: standard output and error.</summary>
    OutputAndError,

    /// <summary><c>&amp;&gt;&gt;</c>: standard output and error, appending.</summary>
    AppendOutputAndError,
}
