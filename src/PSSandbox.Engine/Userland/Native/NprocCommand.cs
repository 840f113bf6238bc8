namespace PSSandbox.Userland.Native;

/// <summary>nproc: tells the number of processors.</summary>
internal static class NprocCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("nproc", "/usr/bin", "[--all] [--ignore=N]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("i:a", "all:a", "ignore:i");
        if (options is null)
            return 1;
        int ignore = 0;
        if (options.Value('i') is { } text && (!int.TryParse(text, out ignore) || ignore < 0))
        {
            context.Error($"invalid number '{text}'");
            return 1;
        }

        context.Out.WriteLine($"{Math.Max(1, Environment.ProcessorCount - ignore)}");
        return 0;
    }
}
