namespace PSSandbox.Shell.Syntax;

/// <summary>One statement of a list and how it is ended.</summary>
internal sealed class ListItem(Statement statement, bool isAsync)
{
    /// <summary>What runs.</summary>
    public Statement Statement { get; } = statement;

    /// <summary>Whether it is ended by <c>&amp;</c> and so runs asynchronously.</summary>
    public bool IsAsync { get; } = isAsync;
}
