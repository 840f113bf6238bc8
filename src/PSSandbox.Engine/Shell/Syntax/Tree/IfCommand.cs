namespace PSSandbox.Shell.Syntax;

/// <summary><c>if … then … elif … else … fi</c>.</summary>
internal sealed class IfCommand(SourcePosition position, IfBranch[] branches, CommandList? otherwise) : Command(StatementKind.If, position)
{
    /// <summary>The <c>if</c> and every <c>elif</c>, in order.</summary>
    public IfBranch[] Branches { get; } = branches;

    /// <summary>The list after <c>else</c>.</summary>
    public CommandList? Else { get; } = otherwise;
}
