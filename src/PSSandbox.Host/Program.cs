using System.CommandLine;
using PSSandbox.Host;

var root = new RootCommand("Runs scripts and programs that are not trusted in a sandbox of this process: a small operating system whose userland is WebAssembly.")
{
    RunCommand.Create(),
    ExecCommand.Create(),
    ReplCommand.Create(),
    DoctorCommand.Create(),
};

return root.Parse(PassThrough.Mark(root, args)).Invoke();
