namespace PSSandbox.Shell.Expansion;

/// <summary>The options of <c>set</c> and <c>shopt</c> that expansions depend on.</summary>
[Flags]
internal enum ExpansionOptions
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>set -u</c>: an unset parameter is an error.</summary>
    NoUnset = 1,

    /// <summary><c>set -f</c>: no pathname expansion.</summary>
    NoGlob = 2,

    /// <summary>A pattern that matches no path expands to nothing.</summary>
    NullGlob = 4,

    /// <summary>A pattern that matches no path is an error.</summary>
    FailGlob = 8,

    /// <summary>Names that begin with a dot match.</summary>
    DotGlob = 0x10,

    /// <summary>Extended patterns, <c>@(a|b)</c>, in patterns that come from expansions and in pathname expansion.</summary>
    ExtGlob = 0x20,

    /// <summary><c>**</c> matches any number of directories.</summary>
    GlobStar = 0x40,

    /// <summary>Pathname expansion ignores case.</summary>
    NoCaseGlob = 0x80,

    /// <summary><c>case</c>, <c>[[</c> and replacement ignore case.</summary>
    NoCaseMatch = 0x100,

    /// <summary><c>&amp;</c> in the replacement of <c>${v/pattern/text}</c> stands for what matched.</summary>
    PatSubReplacement = 0x200,

    /// <summary>Brace expansion is on.</summary>
    BraceExpand = 0x400,

    /// <summary>POSIX mode (sh, ash, dash, <c>set -o posix</c>).</summary>
    Posix = 0x800,
}
