namespace PSSandbox.Shell.Interpreter;

/// <summary>Names and letters of the options of <c>set</c>.</summary>
internal static class OptionNames
{
    /// <summary>Long names in the order in which <c>set -o</c> lists them.</summary>
    public static readonly (string Name, ShellOptions Option)[] Long =
    [
        ("allexport", ShellOptions.AllExport),
        ("braceexpand", ShellOptions.BraceExpand),
        ("emacs", ShellOptions.Emacs),
        ("errexit", ShellOptions.ErrExit),
        ("errtrace", ShellOptions.ErrTrace),
        ("functrace", ShellOptions.FuncTrace),
        ("hashall", ShellOptions.HashAll),
        ("histexpand", ShellOptions.HistExpand),
        ("history", ShellOptions.History),
        ("ignoreeof", ShellOptions.IgnoreEof),
        ("interactive-comments", ShellOptions.InteractiveComments),
        ("keyword", ShellOptions.Keyword),
        ("monitor", ShellOptions.Monitor),
        ("noclobber", ShellOptions.NoClobber),
        ("noexec", ShellOptions.NoExec),
        ("noglob", ShellOptions.NoGlob),
        ("nolog", ShellOptions.NoLog),
        ("notify", ShellOptions.Notify),
        ("nounset", ShellOptions.NoUnset),
        ("onecmd", ShellOptions.OneCommand),
        ("physical", ShellOptions.Physical),
        ("pipefail", ShellOptions.PipeFail),
        ("posix", ShellOptions.Posix),
        ("privileged", ShellOptions.Privileged),
        ("verbose", ShellOptions.Verbose),
        ("vi", ShellOptions.Vi),
        ("xtrace", ShellOptions.XTrace),
    ];

    private static readonly (char Letter, ShellOptions Option)[] Letters =
    [
        ('a', ShellOptions.AllExport), ('b', ShellOptions.Notify), ('e', ShellOptions.ErrExit), ('f', ShellOptions.NoGlob),
        ('h', ShellOptions.HashAll), ('i', ShellOptions.Interactive), ('k', ShellOptions.Keyword), ('m', ShellOptions.Monitor),
        ('n', ShellOptions.NoExec), ('p', ShellOptions.Privileged), ('t', ShellOptions.OneCommand), ('u', ShellOptions.NoUnset),
        ('v', ShellOptions.Verbose), ('x', ShellOptions.XTrace), ('B', ShellOptions.BraceExpand), ('C', ShellOptions.NoClobber),
        ('E', ShellOptions.ErrTrace), ('H', ShellOptions.HistExpand), ('P', ShellOptions.Physical), ('T', ShellOptions.FuncTrace),
        ('c', ShellOptions.CommandString), ('s', ShellOptions.StandardInput),
    ];

    /// <summary>The option of a letter that <c>set</c> takes; None if there is none.</summary>
    public static ShellOptions OfLetter(char letter)
    {
        foreach ((char candidate, ShellOptions option) in Letters)
        {
            if (candidate == letter)
                return option & ~(ShellOptions.Interactive | ShellOptions.CommandString | ShellOptions.StandardInput);
        }

        return ShellOptions.None;
    }

    /// <summary>The option of a long name; None if there is none.</summary>
    public static ShellOptions OfName(string name)
    {
        foreach ((string candidate, ShellOptions option) in Long)
        {
            if (candidate == name)
                return option;
        }

        return ShellOptions.None;
    }

    /// <summary>The value of <c>$-</c>.</summary>
    public static string Flags(ShellOptions options, bool bash)
    {
        Span<char> text = stackalloc char[Letters.Length];
        int length = 0;
        foreach ((char letter, ShellOptions option) in Letters)
        {
            if ((options & option) != 0 && (bash || option is not (ShellOptions.HashAll or ShellOptions.BraceExpand)))
                text[length++] = letter;
        }

        return new string(text[..length]);
    }
}
