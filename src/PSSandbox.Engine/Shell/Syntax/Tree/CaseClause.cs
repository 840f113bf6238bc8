namespace PSSandbox.Shell.Syntax;

/// <summary>Patterns, the list that runs when one matches, and how the clause ends.</summary>
internal sealed class CaseClause(SourcePosition position, Word[] patterns, CommandList? body, CaseTerminator terminator) : SyntaxNode(position)
{
    /// <summary>The patterns; one or more.</summary>
    public Word[] Patterns { get; } = patterns;

    /// <summary>What runs; null for nothing.</summary>
    public CommandList? Body { get; } = body;

    /// <summary>What happens after the body.</summary>
    public CaseTerminator Terminator { get; } = terminator;

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }
}
