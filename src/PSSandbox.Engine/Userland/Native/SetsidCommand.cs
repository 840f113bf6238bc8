using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>setsid: runs a program in a session of its own.</summary>
internal static class SetsidCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("setsid", "/usr/bin", "[-cw] PROG ARGS", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("+cfw", "ctty:c", "fork:f", "wait:w");
        if (options is null)
            return 1;
        if (options.Operands.Count == 0)
            return context.Usage();
        string[] program = [.. options.Operands];
        Terminal? terminal = context.Process.ControllingTerminal;
        if (!options.Has('f') && context.Kernel.NewSession(context.Process) == Errno.None)
        {
            if (options.Has('c'))
                context.Process.ControllingTerminal = terminal;
            return context.Exec(program);
        }

        // A group's leader can make no session: its child can.
        int status = context.Fork(program, out Process? child);
        if (child is null)
            return status;
        context.Kernel.NewSession(child);
        if (options.Has('c'))
            child.ControllingTerminal = terminal;
        child.Start();
        return options.Has('w') ? context.Wait(child).ShellStatus : 0;
    }
}
