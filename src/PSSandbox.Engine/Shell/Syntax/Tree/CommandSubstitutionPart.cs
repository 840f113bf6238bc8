namespace PSSandbox.Shell.Syntax;

/// <summary><c>$(…)</c> or <c>`…`</c>.</summary>
internal sealed class CommandSubstitutionPart(SourcePosition position, CommandList body, bool isBackquoted)
    : WordPart(WordPartKind.CommandSubstitution, position, WordFlags.HasExpansion | WordFlags.HasUnquotedExpansion)
{
    /// <summary>What runs; may be empty.</summary>
    public CommandList Body { get; } = body;

    /// <summary>Whether it was written in backquotes.</summary>
    public bool IsBackquoted { get; } = isBackquoted;

    /// <summary>Of <c>$(&lt;file)</c>: the file whose contents it stands for.</summary>
    public Redirection? InputFile { get; } = FindInputFile(body);

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }

    private static Redirection? FindInputFile(CommandList body) =>
        body.Items is [{ IsAsync: false, Statement: SimpleCommand { Assignments.Length: 0, Words.Length: 0, Redirections: [{ Operator: RedirectionOperator.Input, Descriptor: 0, Variable: null } file] } }]
            ? file
            : null;
}
