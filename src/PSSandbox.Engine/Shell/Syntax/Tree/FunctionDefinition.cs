namespace PSSandbox.Shell.Syntax;

/// <summary><c>name() command</c> or <c>function name command</c>.</summary>
internal sealed class FunctionDefinition(SourcePosition position, string name, Command body, bool hasKeyword) : Command(StatementKind.Function, position)
{
    /// <summary>The function's name. Bash allows nearly any word.</summary>
    public string Name { get; } = name;

    /// <summary>The body, a compound command; its redirections are applied at every call.</summary>
    public Command Body { get; } = body;

    /// <summary>Whether it was written with the reserved word <c>function</c>.</summary>
    public bool HasKeyword { get; } = hasKeyword;

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }
}
