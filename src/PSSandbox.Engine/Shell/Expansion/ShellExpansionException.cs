namespace PSSandbox.Shell.Expansion;

/// <summary>
/// An error in an expansion, an assignment or an arithmetic expression. It ends the command; what else it ends
/// (a non-interactive POSIX shell exits) is the interpreter's to say.
/// </summary>
/// <param name="message">What standard error gets, without the shell's name and line number before it.</param>
/// <param name="status">The status of the command, or of the shell if it exits.</param>
internal class ShellExpansionException(string message, int status = 1) : Exception(message)
{
    /// <summary>The exit status.</summary>
    public int Status { get; } = status;

    /// <summary>Whether a non-interactive shell exits also in bash mode: <c>${x?}</c> and unset parameters under <c>set -u</c>.</summary>
    public bool EndsShell { get; init; }
}
