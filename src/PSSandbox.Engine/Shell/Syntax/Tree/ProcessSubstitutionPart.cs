namespace PSSandbox.Shell.Syntax;

/// <summary><c>&lt;(…)</c> or <c>&gt;(…)</c>: the name of a pipe to or from a process.</summary>
internal sealed class ProcessSubstitutionPart(SourcePosition position, CommandList body, bool isOutput)
    : WordPart(WordPartKind.ProcessSubstitution, position, WordFlags.HasExpansion)
{
    /// <summary>What runs.</summary>
    public CommandList Body { get; } = body;

    /// <summary>True for <c>&gt;(…)</c>: what is written to the name is the process's standard input.</summary>
    public bool IsOutput { get; } = isOutput;

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }
}
