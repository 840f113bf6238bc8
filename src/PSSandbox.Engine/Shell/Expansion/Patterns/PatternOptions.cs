namespace PSSandbox.Shell.Expansion;

/// <summary>How a pattern is read and matched.</summary>
[Flags]
internal enum PatternOptions
{
    /// <summary>POSIX, bytes.</summary>
    None = 0,

    /// <summary>Extended patterns: <c>?(…) *(…) +(…) @(…) !(…)</c>.</summary>
    Extended = 1,

    /// <summary>Upper and lower case are the same.</summary>
    IgnoreCase = 2,

    /// <summary>A character is a UTF-8 sequence.</summary>
    Utf8 = 4,
}
