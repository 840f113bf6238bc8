namespace PSSandbox.Shell.Syntax;

/// <summary><c>( list )</c>.</summary>
internal sealed class Subshell(SourcePosition position, CommandList body) : Command(StatementKind.Subshell, position)
{
    /// <summary>What runs in the subshell.</summary>
    public CommandList Body { get; } = body;
}
