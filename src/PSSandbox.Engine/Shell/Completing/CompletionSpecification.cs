using System.Text;
using PSSandbox.Shell.Expansion;

namespace PSSandbox.Shell.Completing;

/// <summary>How a command's arguments are completed: what <c>complete</c> was given. Immutable.</summary>
internal sealed record CompletionSpecification
{
    /// <summary>The names of <c>-A</c>, with their letters where they have some, in the order in which bash generates them.</summary>
    public static readonly (string Name, char Letter)[] AllActions =
    [
        ("alias", 'a'), ("builtin", 'b'), ("command", 'c'), ("directory", 'd'), ("export", 'e'), ("file", 'f'), ("group", 'g'),
        ("job", 'j'), ("keyword", 'k'), ("service", 's'), ("user", 'u'), ("variable", 'v'), ("arrayvar", '\0'), ("binding", '\0'),
        ("disabled", '\0'), ("enabled", '\0'), ("function", '\0'), ("helptopic", '\0'), ("hostname", '\0'), ("running", '\0'),
        ("setopt", '\0'), ("shopt", '\0'), ("signal", '\0'), ("stopped", '\0'),
    ];

    /// <summary>The names of <c>-o</c>.</summary>
    public static readonly (string Name, CompletionOptions Option)[] AllOptions =
    [
        ("bashdefault", CompletionOptions.BashDefault), ("default", CompletionOptions.Default), ("dirnames", CompletionOptions.DirNames),
        ("filenames", CompletionOptions.FileNames), ("noquote", CompletionOptions.NoQuote), ("nosort", CompletionOptions.NoSort),
        ("nospace", CompletionOptions.NoSpace), ("plusdirs", CompletionOptions.PlusDirs),
    ];

    /// <summary>-A and the letters: names of <see cref="AllActions"/>.</summary>
    public IReadOnlySet<string> Actions { get; init; } = new HashSet<string>();

    /// <summary>-o.</summary>
    public CompletionOptions Options { get; init; }

    /// <summary>-G.</summary>
    public string? Glob { get; init; }

    /// <summary>-W.</summary>
    public string? Words { get; init; }

    /// <summary>-F.</summary>
    public string? Function { get; init; }

    /// <summary>-C.</summary>
    public string? Command { get; init; }

    /// <summary>-X.</summary>
    public string? Filter { get; init; }

    /// <summary>-P.</summary>
    public string? Prefix { get; init; }

    /// <summary>-S.</summary>
    public string? Suffix { get; init; }

    /// <summary>The command that makes it again, without the names that it is for.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("complete ");
        foreach ((string name, CompletionOptions option) in AllOptions)
        {
            if ((Options & option) != 0)
                text.Append("-o ").Append(name).Append(' ');
        }

        foreach ((string name, char letter) in AllActions)
        {
            if (letter != '\0' && Actions.Contains(name))
                text.Append('-').Append(letter).Append(' ');
        }

        foreach ((string name, char letter) in AllActions)
        {
            if (letter == '\0' && Actions.Contains(name))
                text.Append("-A ").Append(name).Append(' ');
        }

        Quoted('G', Glob);
        Quoted('W', Words);
        Quoted('P', Prefix);
        Quoted('S', Suffix);
        Quoted('X', Filter);
        Quoted('C', Command);
        if (Function is not null)
            text.Append("-F ").Append(Quoting.IfNeeded(Function)).Append(' ');
        return text.ToString();

        void Quoted(char letter, string? value)
        {
            if (value is not null)
                text.Append('-').Append(letter).Append(' ').Append(Quoting.Single(value)).Append(' ');
        }
    }
}
