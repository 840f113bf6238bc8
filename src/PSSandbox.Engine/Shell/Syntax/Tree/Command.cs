namespace PSSandbox.Shell.Syntax;

/// <summary>A simple or compound command or function definition.</summary>
internal abstract class Command(StatementKind kind, SourcePosition position) : Statement(kind, position)
{
    /// <summary>
    /// The redirections in order. Of a function definition always empty: those after its body belong to the body.
    /// </summary>
    public Redirection[] Redirections { get; internal set; } = [];
}
