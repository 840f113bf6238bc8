namespace PSSandbox.Shell.Syntax;

/// <summary>Assignments, words and redirections; at least one of them.</summary>
internal sealed class SimpleCommand : Command
{
    /// <summary>Makes a simple command.</summary>
    public SimpleCommand(SourcePosition position, Assignment[] assignments, Word[] words, Redirection[] redirections)
        : base(StatementKind.Simple, position)
    {
        Assignments = assignments;
        Words = words;
        Redirections = redirections;
        LiteralFields = FindLiteralFields(words);
        Line = position.Line;
    }

    /// <summary>The assignments before the command name.</summary>
    public Assignment[] Assignments { get; }

    /// <summary>
    /// The command name and its arguments; empty when there are only assignments or redirections. Arguments of declaration
    /// utilities (<c>export a=$b</c>, <c>declare -a c=(x y)</c>) that are assignments have <see cref="Word.Assignment"/>.
    /// </summary>
    public Word[] Words { get; }

    /// <summary>
    /// The fields all words expand to, when that is known from the source alone: every word is one literal field. The array is
    /// shared: copy it before changing it.
    /// </summary>
    public string[]? LiteralFields { get; }

    /// <summary>What <c>LINENO</c> gives in it, as bash counts: where its second word ends, or the first if that is no name or alone.</summary>
    public int Line { get; init; }

    /// <summary>The command name when it is one literal field.</summary>
    public string? LiteralName => Words.Length > 0 ? Words[0].Literal : null;

    /// <summary>The interpreter's.</summary>
    public object? Cache { get; set; }

    private static string[]? FindLiteralFields(Word[] words)
    {
        if (words.Length == 0)
        {
            return null;
        }

        foreach (Word word in words)
        {
            if (word.Literal is null || word.Assignment is not null)
            {
                return null;
            }
        }

        string[] fields = new string[words.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = words[i].Literal!;
        }

        return fields;
    }
}
