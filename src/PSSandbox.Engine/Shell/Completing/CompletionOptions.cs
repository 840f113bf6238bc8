namespace PSSandbox.Shell.Completing;

/// <summary>The options of <c>complete -o</c> (bash manual 8.7).</summary>
[Flags]
internal enum CompletionOptions
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>bashdefault</c>: what the shell does by itself, if nothing was found.</summary>
    BashDefault = 1,

    /// <summary><c>default</c>: names of files, if nothing was found.</summary>
    Default = 2,

    /// <summary><c>dirnames</c>: names of directories, if nothing was found.</summary>
    DirNames = 4,

    /// <summary><c>filenames</c>: what was found are names of files: quoted, with a slash after directories.</summary>
    FileNames = 8,

    /// <summary><c>noquote</c>.</summary>
    NoQuote = 16,

    /// <summary><c>nosort</c>.</summary>
    NoSort = 32,

    /// <summary><c>nospace</c>: no blank after the only one.</summary>
    NoSpace = 64,

    /// <summary><c>plusdirs</c>: names of directories besides.</summary>
    PlusDirs = 128,
}
