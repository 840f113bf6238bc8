using System.CommandLine;
using PSSandbox.Sandboxes;

namespace PSSandbox.Host;

/// <summary><c>pssandbox run [options] SCRIPT [ARGS...]</c></summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var arguments = new SandboxArguments();
        var file = new Option<FileInfo?>("--file", "-f") { Description = "Read the script from a file of the host.", HelpName = "FILE" };
        var shell = new Option<string>("--shell")
        {
            Description = "The shell: bash, or sh, ash or dash for POSIX mode.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "bash",
        };
        shell.AcceptOnlyFromAmong("bash", "sh", "ash", "dash");
        var words = new Argument<string[]>("script")
        {
            Description = "The script, or - to read it from standard input, and its arguments ($1 and so on). With --file only the arguments.",
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "SCRIPT [ARGS...]",
        };
        var command = new Command("run", "Runs a shell script in a new sandbox.") { file, shell, words };
        arguments.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(file) is null && result.GetValue(words) is not { Length: > 0 })
                result.AddError("Nothing to run: give a SCRIPT, -f FILE, or - for standard input.");
            else if (result.GetValue(file) is { Exists: false } missing)
                result.AddError($"There is no file '{missing}'.");
        });
        command.SetAction(parsed =>
        {
            string[] rest = parsed.GetValue(words) ?? [];
            FileInfo? path = parsed.GetValue(file);
            bool fromInput = path is null && rest[0] == "-";
            byte[] script;
            if (path is not null)
                script = File.ReadAllBytes(path.FullName);
            else if (fromInput)
                script = ReadInput();
            else
                script = System.Text.Encoding.UTF8.GetBytes(rest[0]);
            SandboxRunOptions options = arguments.RunOptions(parsed, fromInput) with
            {
                Shell = parsed.GetValue(shell)!,
                ScriptName = path?.Name,
                Arguments = path is null ? rest[1..] : rest,
            };
            return Execution.Run(arguments.Options(parsed), sandbox => sandbox.StartShell(script, options), arguments.Json(parsed));
        });
        return command;
    }

    private static byte[] ReadInput()
    {
        using var buffer = new MemoryStream();
        using Stream input = Console.OpenStandardInput();
        input.CopyTo(buffer);
        return buffer.ToArray();
    }
}
