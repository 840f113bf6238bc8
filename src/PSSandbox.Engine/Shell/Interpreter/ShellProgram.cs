using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Shell.Interpreter;

/// <summary>The program <c>sh</c>, <c>ash</c>, <c>dash</c> or <c>bash</c>.</summary>
/// <param name="flavor">Which of them.</param>
/// <param name="script">A script to run whatever the arguments are: for an executable file of no known kind.</param>
internal sealed class ShellProgram(ShellFlavor flavor, string? script = null) : IProgram
{
    private const int NotFoundStatus = 127;
    private const int NotReadableStatus = 126;

    /// <summary>Makes the program of a name of the shell, with or without a directory or a leading dash.</summary>
    public static ShellProgram ForName(string name)
    {
        ReadOnlySpan<char> last = name.AsSpan(name.LastIndexOf('/') + 1).TrimStart('-');
        return new ShellProgram(last is "bash" ? ShellFlavor.Bash : last is "dash" ? ShellFlavor.Dash : ShellFlavor.Ash);
    }

    /// <inheritdoc/>
    public int Run(Process process)
    {
        string[] argv = process.Arguments.Length == 0 ? ["sh"] : process.Arguments;
        ShellArguments arguments = script is null ? ShellArguments.Parse(argv) : ShellArguments.Parse([argv[0], script, .. argv[1..]]);
        var shell = new ShellInterpreter(process, flavor, arguments.Name ?? argv[0]);
        try
        {
            return Run(shell, arguments);
        }
        finally
        {
            shell.Dispose();
        }
    }

    private static int Run(ShellInterpreter shell, ShellArguments arguments)
    {
        if (arguments.Error is { } error)
        {
            shell.Begin(arguments);
            shell.WriteError($"{shell.Name}: {error}\n");
            return 2;
        }

        if (arguments.ShowsVersion)
        {
            shell.Out.Append($"PSSandbox shell, following GNU bash, version {ShellVariables.BashVersion}\n");
            shell.FlushOut(shell.Name);
            return 0;
        }

        shell.Begin(arguments);
        if (!shell.RunStartFiles(arguments))
            return shell.Finish(shell.LastStatus);
        int status;
        if (arguments.Command is { } command)
        {
            status = shell.RunText(command, "-c", isTop: true);
        }
        else if (arguments.Script is { } path)
        {
            Errno errno = shell.ReadScript(path, out string text);
            if (errno != Errno.None)
            {
                shell.WriteError($"{(shell.Process.Arguments is [var self, ..] ? self : shell.Name)}: {path}: {errno.Message()}\n");
                return errno == Errno.ENOENT ? NotFoundStatus : NotReadableStatus;
            }

            shell.Script = path;
            status = shell.RunScriptText(text, path);
        }
        else
        {
            status = shell.RunStandardInput();
        }

        return shell.Finish(status);
    }
}
