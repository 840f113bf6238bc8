using System.CommandLine;
using PSSandbox.Host;

const int UsageError = 2;
var root = new RootCommand("Runs scripts and programs that are not trusted in a sandbox of this process: a small operating system whose userland is WebAssembly.")
{
    RunCommand.Create(),
    ExecCommand.Create(),
    ReplCommand.Create(),
    DoctorCommand.Create(),
};

ParseResult parsed = root.Parse(PassThrough.Mark(root, args));
if (parsed.Errors.Count == 0 || args.Length == 0)
    return parsed.Invoke();
foreach (var error in parsed.Errors)
    Console.Error.WriteLine($"pssandbox: {error.Message}");
Console.Error.WriteLine("pssandbox: --help tells of the commands and options");
return UsageError;
