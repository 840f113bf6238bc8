namespace PSSandbox.Shell.Interactive;

/// <summary>How the editing of a line ended.</summary>
internal enum EditOutcome
{
    /// <summary>With Enter.</summary>
    Accepted,

    /// <summary>With Ctrl-C, or by a signal: the line is given up.</summary>
    Abandoned,

    /// <summary>With Ctrl-D on an empty line, or because nobody types any more.</summary>
    EndOfInput,
}
