namespace PSSandbox.Shell.Syntax;

/// <summary><c>coproc [NAME] command</c>.</summary>
internal sealed class CoprocCommand(SourcePosition position, string? name, Command body) : Command(StatementKind.Coproc, position)
{
    /// <summary>The name of the array of descriptors; null means <c>COPROC</c>.</summary>
    public string? Name { get; } = name;

    /// <summary>What runs.</summary>
    public Command Body { get; } = body;
}
