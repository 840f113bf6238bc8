using System.CommandLine;
using System.Runtime.InteropServices;
using PSSandbox.Sandboxes;

namespace PSSandbox.Host;

/// <summary><c>pssandbox doctor</c>: what is there, and whether it works.</summary>
internal static class DoctorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Shows which engine and userland are used and why, and checks that a sandbox works.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        Console.WriteLine($"pssandbox    {typeof(DoctorCommand).Assembly.GetName().Version?.ToString(3)}");
        Console.WriteLine($"runtime      {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}");
        try
        {
            foreach ((string name, string value) in SandboxRuntime.Describe())
                Console.WriteLine($"{name,-12} {value}");
            using Sandbox sandbox = Sandbox.Create();
            SandboxResult result = sandbox.RunShell("echo works | cat", new SandboxRunOptions { Timeout = TimeSpan.FromSeconds(30) });
            bool works = result is { ExitCode: 0, Stdout: "works\n" };
            Console.WriteLine($"{"sandbox",-12} {(works ? "a shell, a pipe and a WebAssembly command work" : $"does not work: status {result.ExitCode} {result.Stderr}")}");
            return works ? 0 : 1;
        }
        catch (SandboxException e)
        {
            Console.WriteLine($"{"problem",-12} {e.Message}");
            return 1;
        }
    }
}
