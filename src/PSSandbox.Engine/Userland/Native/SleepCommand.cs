namespace PSSandbox.Userland.Native;

/// <summary>sleep: waits for the sum of the times given.</summary>
internal static class SleepCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("sleep", "/bin", "[N]...[smhd]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("+");
        if (options is null)
            return 1;
        if (options.Operands.Count == 0)
            return context.Usage();
        TimeSpan total = TimeSpan.Zero;
        foreach (string operand in options.Operands)
        {
            if (!Durations.TryParse(operand, out TimeSpan time))
            {
                context.Error($"invalid number '{operand}'");
                return 1;
            }

            total += time;
        }

        context.Sleep(total);
        return 0;
    }
}
