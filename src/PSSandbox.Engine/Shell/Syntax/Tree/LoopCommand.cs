namespace PSSandbox.Shell.Syntax;

/// <summary><c>while … do … done</c> or <c>until … do … done</c>.</summary>
internal sealed class LoopCommand(SourcePosition position, bool isUntil, CommandList condition, CommandList body) : Command(StatementKind.Loop, position)
{
    /// <summary>Whether it runs until the condition holds.</summary>
    public bool IsUntil { get; } = isUntil;

    /// <summary>The list whose status decides.</summary>
    public CommandList Condition { get; } = condition;

    /// <summary>The loop's body.</summary>
    public CommandList Body { get; } = body;
}
