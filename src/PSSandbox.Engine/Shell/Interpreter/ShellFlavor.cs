namespace PSSandbox.Shell.Interpreter;

/// <summary>Which shell a script expects: the language is one, some built-ins and messages differ.</summary>
internal enum ShellFlavor
{
    /// <summary><c>sh</c> and <c>ash</c>: POSIX mode with BusyBox ash's <c>echo</c> (-n and -e are options).</summary>
    Ash,

    /// <summary><c>dash</c>: POSIX mode with the XSI <c>echo</c> (escapes are always interpreted).</summary>
    Dash,

    /// <summary><c>bash</c>.</summary>
    Bash,
}
