using System.Globalization;

namespace PSSandbox.Userland.Native;

/// <summary>ionice: tells and takes I/O classes, of which the sandbox makes nothing.</summary>
internal static class IoniceCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } =
        NativeProgram.Command("ionice", "/bin", "[-c 1-3] [-n 0-7] [-t] [-p PID | PROG ARGS]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("+c:n:p:t", "class:c", "classdata:n", "pid:p", "ignore:t");
        if (options is null)
            return 1;
        if (options.Operands.Count > 0 && !options.Has('p'))
            return context.Exec([.. options.Operands]);
        foreach (string text in options.Has('p') ? [options.Value('p')!, .. options.Operands] : new[] { "0" })
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) || pid != 0 && context.Kernel.Find(pid) is null)
            {
                context.Error($"ioprio_get failed: No such process");
                return 1;
            }

            if (!options.Has('c') && !options.Has('n'))
                context.Out.WriteLine("none: prio 0");
        }

        return 0;
    }
}
