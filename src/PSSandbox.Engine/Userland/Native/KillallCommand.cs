using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>killall: sends a signal to all processes of a name.</summary>
internal static class KillallCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("killall", "/usr/bin", "[-lq] [-SIG] PROCESS_NAME...", Main);

    private static int Main(CommandContext context)
    {
        ReadOnlySpan<string> arguments = context.Arguments;
        if (!arguments.IsEmpty && arguments[0] == "-l")
            return KillCommand.List(context, arguments[1..]);
        bool quiet = !arguments.IsEmpty && arguments[0] == "-q";
        if (quiet)
            arguments = arguments[1..];
        Signal signal = Signal.TERM;
        if (!KillCommand.TryTakeSignal(context, ref arguments, ref signal))
            return 1;
        if (arguments.IsEmpty)
            return context.Usage();
        int status = 0;
        foreach (string name in arguments)
        {
            bool found = false;
            foreach (Process process in context.Kernel.Processes)
            {
                if (process == context.Process || process == context.Kernel.Init || ProcessText.NameOf(process) != name)
                    continue;
                found = true;
                Errno error = context.Kernel.Kill(context.Process, process.Id, signal);
                if (error != Errno.None && !quiet)
                    context.Error($"can't kill pid {process.Id}: {error.Message()}");
            }

            if (!found)
            {
                status = 1;
                if (!quiet)
                    context.Error($"{name}: no process killed");
            }
        }

        return status;
    }
}
