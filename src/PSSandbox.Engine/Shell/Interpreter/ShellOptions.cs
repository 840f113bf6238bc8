namespace PSSandbox.Shell.Interpreter;

/// <summary>The options of <c>set</c> (POSIX XCU set, and bash's).</summary>
[Flags]
internal enum ShellOptions : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>-a: assigned variables are exported.</summary>
    AllExport = 1u << 0,

    /// <summary>-b: tell of ended jobs at once.</summary>
    Notify = 1u << 1,

    /// <summary>-e: exit when a command fails.</summary>
    ErrExit = 1u << 2,

    /// <summary>-f: no pathname expansion.</summary>
    NoGlob = 1u << 3,

    /// <summary>-h: remember where commands are.</summary>
    HashAll = 1u << 4,

    /// <summary>-k: assignments anywhere on the line.</summary>
    Keyword = 1u << 5,

    /// <summary>-m: job control.</summary>
    Monitor = 1u << 6,

    /// <summary>-n: read, do not execute.</summary>
    NoExec = 1u << 7,

    /// <summary>-p: privileged.</summary>
    Privileged = 1u << 8,

    /// <summary>-t: exit after one command.</summary>
    OneCommand = 1u << 9,

    /// <summary>-u: unset parameters are errors.</summary>
    NoUnset = 1u << 10,

    /// <summary>-v: write input lines as they are read.</summary>
    Verbose = 1u << 11,

    /// <summary>-x: trace commands.</summary>
    XTrace = 1u << 12,

    /// <summary>-B: brace expansion.</summary>
    BraceExpand = 1u << 13,

    /// <summary>-C: <c>&gt;</c> does not overwrite.</summary>
    NoClobber = 1u << 14,

    /// <summary>-E: the ERR trap is inherited.</summary>
    ErrTrace = 1u << 15,

    /// <summary>-H: history expansion.</summary>
    HistExpand = 1u << 16,

    /// <summary>-P: cd does not follow links logically.</summary>
    Physical = 1u << 17,

    /// <summary>-T: DEBUG and RETURN traps are inherited.</summary>
    FuncTrace = 1u << 18,

    /// <summary>emacs-style editing.</summary>
    Emacs = 1u << 19,

    /// <summary>vi-style editing.</summary>
    Vi = 1u << 20,

    /// <summary>History is kept.</summary>
    History = 1u << 21,

    /// <summary>End of file does not end an interactive shell.</summary>
    IgnoreEof = 1u << 22,

    /// <summary>Comments in interactive shells.</summary>
    InteractiveComments = 1u << 23,

    /// <summary>Functions are not kept in the history.</summary>
    NoLog = 1u << 24,

    /// <summary>A pipeline's status is that of its last failing command.</summary>
    PipeFail = 1u << 25,

    /// <summary>POSIX mode.</summary>
    Posix = 1u << 26,

    /// <summary>-i: interactive.</summary>
    Interactive = 1u << 27,

    /// <summary>-s: commands come from standard input.</summary>
    StandardInput = 1u << 28,

    /// <summary>-c: commands come from the argument.</summary>
    CommandString = 1u << 29,
}
