using System.CommandLine;
using PSSandbox.Sandboxes;

namespace PSSandbox.Host;

/// <summary><c>pssandbox repl</c>: an interactive shell in a new sandbox, on the console's terminal where there is one.</summary>
internal static class ReplCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var arguments = new SandboxArguments();
        var command = new Command("repl", "Opens an interactive shell in a new sandbox.");
        arguments.AddTo(command);
        command.SetAction(parsed => ConsoleTerminal.IsAvailable && !arguments.Json(parsed) && !arguments.HasInputFile(parsed)
            ? RunOnConsole(arguments.Options(parsed), arguments.Timeout(parsed))
            : Execution.Run(
                arguments.Options(parsed),
                sandbox => sandbox.Start(["bash"], arguments.RunOptions(parsed, false)),
                arguments.Json(parsed)));
        return command;
    }

    private static int RunOnConsole(SandboxOptions options, TimeSpan timeout)
    {
        try
        {
            using CompilationNotice? notice = CompilationNotice.Start();
            using Sandbox sandbox = Sandbox.Create(options);
            return ConsoleTerminal.Run(sandbox, new TerminalOptions { Timeout = timeout }).ExitCode;
        }
        catch (SandboxException e)
        {
            return Execution.Fail(e);
        }
    }
}
