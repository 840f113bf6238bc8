using System.CommandLine;

namespace PSSandbox.Host;

/// <summary><c>pssandbox repl</c>: an interactive shell in a new sandbox.</summary>
internal static class ReplCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var arguments = new SandboxArguments();
        var command = new Command("repl", "Opens an interactive shell in a new sandbox.");
        arguments.AddTo(command);
        command.SetAction(parsed => Execution.Run(
            arguments.Options(parsed),
            sandbox => sandbox.Start(["bash", "-i"], arguments.RunOptions(parsed, false)),
            arguments.Json(parsed)));
        return command;
    }
}
