namespace PSSandbox.Userland.Native;

/// <summary>uptime: tells for how long the sandbox has been there.</summary>
internal static class UptimeCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("uptime", "/usr/bin", "", Main);

    private static int Main(CommandContext context)
    {
        if (!context.Arguments.IsEmpty)
            return context.Usage();
        context.Out.WriteLine(SystemFiguresText.UptimeLine(context));
        return 0;
    }
}
