using System.Globalization;

namespace PSSandbox.Userland.Native;

/// <summary>taskset: tells on which processors a process may run: on all. Masks are taken and make no difference.</summary>
internal static class TasksetCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } =
        NativeProgram.Command("taskset", "/usr/bin", "[-ap] [HEXMASK | -c LIST] PID | PROG ARGS", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("+apc", "all-tasks:a", "pid:p", "cpu-list:c");
        if (options is null)
            return 1;
        List<string> operands = [.. options.Operands];
        if (options.Has('p'))
            return ShowProcess(context, options, operands);
        if (operands.Count < 2)
            return context.Usage();
        if (!options.Has('c') && !TryParseMask(operands[0]))
        {
            context.Error($"bad mask '{operands[0]}'");
            return 1;
        }

        return context.Exec([.. operands[1..]]);
    }

    private static int ShowProcess(CommandContext context, CommandOptions options, List<string> operands)
    {
        if (operands.Count is 0 or > 2)
            return context.Usage();
        string text = operands[^1];
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
        {
            context.Error($"invalid number '{text}'");
            return 1;
        }

        if (pid != 0 && context.Kernel.Find(pid) is null)
        {
            context.Error($"can't get pid {pid}'s affinity: No such process");
            return 1;
        }

        int processors = Math.Min(Environment.ProcessorCount, 63);
        string mask = options.Has('c')
            ? $"list: {(processors == 1 ? "0" : $"0-{processors - 1}")}"
            : $"mask: {(1UL << processors) - 1:x}";
        context.Out.WriteLine($"pid {pid}'s current affinity {mask}");
        if (operands.Count == 2)
            context.Out.WriteLine($"pid {pid}'s new affinity {mask}");
        return 0;
    }

    private static bool TryParseMask(string text)
    {
        ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        return UInt128.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out UInt128 mask) && mask != 0;
    }
}
