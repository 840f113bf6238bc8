using System.CommandLine;

namespace PSSandbox.Host;

/// <summary><c>pssandbox exec [options] -- ARGV...</c></summary>
internal static class ExecCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var arguments = new SandboxArguments();
        var words = new Argument<string[]>("argv")
        {
            Description = "The program, searched for along PATH unless it has a '/', and its arguments.",
            Arity = ArgumentArity.OneOrMore,
            HelpName = "PROGRAM [ARGS...]",
        };
        var command = new Command("exec", "Runs one program in a new sandbox, without a shell.") { words };
        arguments.AddTo(command);
        command.SetAction(parsed => Execution.Run(
            arguments.Options(parsed),
            sandbox => sandbox.Start(parsed.GetValue(words)!, arguments.RunOptions(parsed, false)),
            arguments.Json(parsed)));
        return command;
    }
}
