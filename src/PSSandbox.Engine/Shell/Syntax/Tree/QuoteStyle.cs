namespace PSSandbox.Shell.Syntax;

/// <summary>How a <see cref="QuotedPart"/> is written.</summary>
internal enum QuoteStyle : byte
{
    /// <summary>A backslash before every character.</summary>
    Backslash,

    /// <summary><c>'…'</c>.</summary>
    Single,

    /// <summary><c>"…"</c> with no expansion inside.</summary>
    Double,

    /// <summary><c>$'…'</c>.</summary>
    AnsiC,

    /// <summary><c>$"…"</c>: a message to translate, which here is never translated.</summary>
    Locale,

    /// <summary>The body of a here-document with a quoted delimiter, or without expansions.</summary>
    HereDocument,
}
