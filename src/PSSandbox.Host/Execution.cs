using System.Runtime.InteropServices;
using PSSandbox.Sandboxes;

namespace PSSandbox.Host;

/// <summary>Runs a command in a sandbox of its own for the console: signals in, status out.</summary>
internal static class Execution
{
    private const int SignalInterrupt = 2;
    private const int SignalTerminate = 15;

    /// <summary>Makes the sandbox, runs, and gives the command's exit status.</summary>
    /// <param name="options">The sandbox.</param>
    /// <param name="start">Starts the command.</param>
    /// <param name="json">Whether to print the result as JSON.</param>
    public static int Run(SandboxOptions options, Func<Sandbox, SandboxProcess> start, bool json)
    {
        try
        {
            using CompilationNotice? notice = CompilationNotice.Start();
            using Sandbox sandbox = Sandbox.Create(options);
            using SandboxProcess process = start(sandbox);
            int interrupts = 0;
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
            {
                context.Cancel = true;
                if (Interlocked.Increment(ref interrupts) == 1)
                    process.SignalGroup(SignalInterrupt);
                else
                    process.Kill();
            });
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                process.SignalGroup(SignalTerminate);
            });
            SandboxResult result = process.Wait();
            if (json)
                ResultJson.Write(result, Console.OpenStandardOutput());
            return result.ExitCode;
        }
        catch (SandboxException e)
        {
            return Fail(e);
        }
    }

    /// <summary>Tells why nothing was run, and gives the exit status for that.</summary>
    public static int Fail(SandboxException error)
    {
        Console.Error.WriteLine($"pssandbox: {error.Message}");
        return error.Code is SandboxErrorCode.InvalidOption or SandboxErrorCode.MountFailed ? 2 : 125;
    }
}
