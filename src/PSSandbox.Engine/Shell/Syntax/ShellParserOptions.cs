namespace PSSandbox.Shell.Syntax;

/// <summary>What a shell parser needs to know besides the source. Immutable.</summary>
internal sealed record ShellParserOptions
{
    /// <summary>Bash without aliases.</summary>
    public static readonly ShellParserOptions Bash = new() { Dialect = ShellDialect.Bash };

    /// <summary>POSIX without aliases.</summary>
    public static readonly ShellParserOptions Posix = new() { Dialect = ShellDialect.Posix };

    /// <summary>The dialect.</summary>
    public ShellDialect Dialect { get; init; } = ShellDialect.Bash;

    /// <summary>
    /// Gives the text an alias stands for, null for a word that is none. Asked while parsing, so an alias takes effect for
    /// the complete commands read after the one that made it. Null: aliases are not expanded.
    /// </summary>
    public Func<string, string?>? AliasLookup { get; init; }

    /// <summary>Whether comments are recorded in <see cref="Script.Comments"/>.</summary>
    public bool KeepComments { get; init; }

    /// <summary>The number of the first line.</summary>
    public int FirstLine { get; init; } = 1;

    /// <summary>The greatest depth of nested commands, quotes and expansions; beyond it parsing fails.</summary>
    public int MaxDepth { get; init; } = 1000;

    /// <summary>
    /// The greatest number of words and their parts in one complete command: what bounds the memory a tree takes, some 100
    /// bytes each.
    /// </summary>
    public int MaxParts { get; init; } = 4_000_000;

    /// <summary>Whether a here-document without its end is incomplete input; otherwise the end of the source ends it.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Called for about every 64 KiB of source that is read: may throw to end parsing.</summary>
    public Action? Checkpoint { get; init; }
}
