using PSSandbox.Processes;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Shell.Interpreter;

/// <summary>A subshell: a list, or one command of a pipeline, that runs in a child process with a copy of the shell's state.</summary>
internal sealed class SubshellProgram(ShellInterpreter shell, CommandList? list, Statement? statement, bool joinsError = false) : IProgram
{
    /// <inheritdoc/>
    public int Run(Process process) => shell.RunAsProcess(list, statement, joinsError);
}
