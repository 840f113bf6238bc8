namespace PSSandbox.Shell.Syntax;

/// <summary><c>{ list; }</c>.</summary>
internal sealed class BraceGroup(SourcePosition position, CommandList body) : Command(StatementKind.BraceGroup, position)
{
    /// <summary>What runs.</summary>
    public CommandList Body { get; } = body;
}
