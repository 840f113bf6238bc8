namespace PSSandbox.Shell.Syntax;

/// <summary>The source is not a valid script, or not yet.</summary>
/// <remarks>
/// The message is what a shell prints after its name and the line: <c>syntax error near unexpected token `done'</c>
/// and what was expected instead. The shell's exit status is 2.
/// </remarks>
internal sealed class ShellSyntaxException : Exception
{
    /// <summary>Makes an error at a place.</summary>
    public ShellSyntaxException(SourcePosition position, string message, string? openConstruct = null, SourcePosition opened = default)
        : base(message)
    {
        Position = position;
        OpenConstruct = openConstruct;
        Opened = opened;
    }

    /// <summary>Where the token stands that does not fit, or the end of the source.</summary>
    public SourcePosition Position { get; }

    /// <summary>The line, from 1.</summary>
    public int Line => Position.Line;

    /// <summary>The column in bytes, from 1.</summary>
    public int Column => Position.Column;

    /// <summary>
    /// Whether the source ended inside a construct, so that more of it could make it valid: an interactive shell asks for
    /// another line (PS2).
    /// </summary>
    public bool IsIncomplete => OpenConstruct is not null;

    /// <summary>The construct that is open at the end of the source: <c>if</c>, <c>"</c>, <c>$(</c>, <c>&lt;&lt;EOF</c>, …</summary>
    public string? OpenConstruct { get; }

    /// <summary>Where that construct was opened.</summary>
    public SourcePosition Opened { get; }

    /// <summary>Whether a limit was exceeded: reading the source in another way would not help.</summary>
    public bool IsFatal { get; init; }
}
