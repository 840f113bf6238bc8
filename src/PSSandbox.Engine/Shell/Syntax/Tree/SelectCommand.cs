namespace PSSandbox.Shell.Syntax;

/// <summary><c>select name [in words]; do … done</c>.</summary>
internal sealed class SelectCommand(SourcePosition position, string name, Word[]? words, CommandList body) : Command(StatementKind.Select, position)
{
    /// <summary>The variable.</summary>
    public string Name { get; } = name;

    /// <summary>The words after <c>in</c>; null without <c>in</c>, which means the positional parameters.</summary>
    public Word[]? Words { get; } = words;

    /// <summary>The loop's body.</summary>
    public CommandList Body { get; } = body;
}
