using System.CommandLine;
using PSSandbox.Sandboxes;

namespace PSSandbox.Host;

/// <summary><c>pssandbox precompile MODULE FOLDER</c>, used when the program is built.</summary>
internal static class PrecompileCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var module = new Argument<string>("module") { Description = "A WebAssembly module." };
        var folder = new Argument<string>("folder") { Description = "The folder of PSSandbox.Engine.dll." };
        var command = new Command("precompile", "Translates a WebAssembly module for the managed engine of this build.") { module, folder };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            try
            {
                Console.WriteLine(SandboxRuntime.Precompile(parsed.GetValue(module)!, parsed.GetValue(folder)!));
                return 0;
            }
            catch (SandboxException e)
            {
                return Execution.Fail(e);
            }
        });
        return command;
    }
}
