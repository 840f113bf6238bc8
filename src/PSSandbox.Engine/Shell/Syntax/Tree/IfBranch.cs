namespace PSSandbox.Shell.Syntax;

/// <summary>One condition and what runs when it is the first that holds.</summary>
internal sealed class IfBranch(CommandList condition, CommandList body)
{
    /// <summary>The list whose status decides.</summary>
    public CommandList Condition { get; } = condition;

    /// <summary>The list after <c>then</c>.</summary>
    public CommandList Body { get; } = body;
}
