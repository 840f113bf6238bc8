namespace PSSandbox.Shell.Interpreter;

/// <summary>The options of bash's <c>shopt</c>: those that change what the interpreter does have a name here.</summary>
internal static class Shopt
{
    /// <summary>Names in the order in which <c>shopt</c> lists them; an option's bit is its place.</summary>
    public static readonly string[] Names =
    [
        "autocd", "assoc_expand_once", "cdable_vars", "cdspell", "checkhash", "checkjobs", "checkwinsize", "cmdhist", "compat31",
        "compat32", "compat40", "compat41", "compat42", "compat43", "compat44", "complete_fullquote", "direxpand", "dirspell",
        "dotglob", "execfail", "expand_aliases", "extdebug", "extglob", "extquote", "failglob", "force_fignore", "globasciiranges",
        "globskipdots", "globstar", "gnu_errfmt", "histappend", "histreedit", "histverify", "hostcomplete", "huponexit",
        "inherit_errexit", "interactive_comments", "lastpipe", "lithist", "localvar_inherit", "localvar_unset", "login_shell",
        "mailwarn", "no_empty_cmd_completion", "nocaseglob", "nocasematch", "noexpand_translation", "nullglob", "patsub_replacement",
        "progcomp", "progcomp_alias", "promptvars", "restricted_shell", "shift_verbose", "sourcepath", "varredir_close", "xpg_echo",
    ];

    /// <summary>Looks paths of directories up for <c>cd</c>.</summary>
    public static readonly ulong AutoCd = Bit("autocd");

    /// <summary>An argument of cd that is no directory names a variable.</summary>
    public static readonly ulong CdableVars = Bit("cdable_vars");

    /// <summary>Pathname expansion matches names that begin with a dot.</summary>
    public static readonly ulong DotGlob = Bit("dotglob");

    /// <summary>A failed exec does not end the shell.</summary>
    public static readonly ulong ExecFail = Bit("execfail");

    /// <summary>Aliases are expanded.</summary>
    public static readonly ulong ExpandAliases = Bit("expand_aliases");

    /// <summary>Extended patterns.</summary>
    public static readonly ulong ExtGlob = Bit("extglob");

    /// <summary>A pattern without match is an error.</summary>
    public static readonly ulong FailGlob = Bit("failglob");

    /// <summary>Debugger support: caller's arguments and functrace.</summary>
    public static readonly ulong ExtDebug = Bit("extdebug");

    /// <summary>"." and ".." are never matched.</summary>
    public static readonly ulong GlobSkipDots = Bit("globskipdots");

    /// <summary><c>**</c> matches across directories.</summary>
    public static readonly ulong GlobStar = Bit("globstar");

    /// <summary>Command substitutions inherit -e.</summary>
    public static readonly ulong InheritErrExit = Bit("inherit_errexit");

    /// <summary>The last stage of a pipeline runs in this shell.</summary>
    public static readonly ulong LastPipe = Bit("lastpipe");

    /// <summary>local inherits the value of the outer variable.</summary>
    public static readonly ulong LocalVarInherit = Bit("localvar_inherit");

    /// <summary>A login shell.</summary>
    public static readonly ulong LoginShell = Bit("login_shell");

    /// <summary>Pathname expansion ignores case.</summary>
    public static readonly ulong NoCaseGlob = Bit("nocaseglob");

    /// <summary>case and [[ ignore case.</summary>
    public static readonly ulong NoCaseMatch = Bit("nocasematch");

    /// <summary>A pattern without match expands to nothing.</summary>
    public static readonly ulong NullGlob = Bit("nullglob");

    /// <summary>&amp; in the replacement of ${x/y/z} is the match.</summary>
    public static readonly ulong PatSubReplacement = Bit("patsub_replacement");

    /// <summary>shift tells of a count that is too great.</summary>
    public static readonly ulong ShiftVerbose = Bit("shift_verbose");

    /// <summary>"." looks in PATH.</summary>
    public static readonly ulong SourcePath = Bit("sourcepath");

    /// <summary>echo interprets escapes.</summary>
    public static readonly ulong XpgEcho = Bit("xpg_echo");

    /// <summary>What is on when a shell begins.</summary>
    public static readonly ulong Defaults = Bit("checkwinsize") | Bit("cmdhist") | Bit("complete_fullquote") | Bit("extquote")
        | Bit("force_fignore") | Bit("globasciiranges") | GlobSkipDots | Bit("hostcomplete") | Bit("interactive_comments")
        | PatSubReplacement | Bit("progcomp") | Bit("promptvars") | SourcePath;

    /// <summary>An option's bit; 0 if there is no such option.</summary>
    public static ulong Bit(string name)
    {
        int index = Array.IndexOf(Names, name);
        return index < 0 ? 0 : 1UL << index;
    }
}
