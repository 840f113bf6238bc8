using System.CommandLine;
using PSSandbox.Host;
using PSSandbox.Sandboxes;

const int UsageError = 2;
Func<Command>? named = (args.Length > 0 ? args[0] : "") switch
{
    "run" => RunCommand.Create,
    "exec" => ExecCommand.Create,
    "repl" => ReplCommand.Create,
    _ => null,
};

// What every sandbox needs is loaded while the command line is read.
if (named is not null)
    new Thread(() => SandboxRuntime.Warm(SandboxArguments.EngineOf(args))) { IsBackground = true }.Start();

// Only the command that is named is made, and nothing for help that is not asked for: that would double what parsing takes.
const string Description = "Runs untrusted scripts and programs in a sandbox inside this process: a small operating system whose userland is WebAssembly.";
bool asksForHelp = Array.Exists(args, static a => a is "--help" or "-h" or "-?" or "/h" or "/?");
Command root = named is not null && !asksForHelp
    ? new Command("pssandbox", Description) { named() }
    : new RootCommand(Description)
    {
        RunCommand.Create(),
        ExecCommand.Create(),
        ReplCommand.Create(),
        DoctorCommand.Create(),
        PrecompileCommand.Create(),
    };

ParseResult parsed = root.Parse(PassThrough.Mark(root, args));
if (parsed.Errors.Count == 0 || args.Length == 0)
    return parsed.Invoke();
foreach (var error in parsed.Errors)
    Console.Error.WriteLine($"pssandbox: {error.Message}");
Console.Error.WriteLine("pssandbox: see 'pssandbox --help' for the commands and options");
return UsageError;
