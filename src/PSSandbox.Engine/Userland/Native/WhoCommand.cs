namespace PSSandbox.Userland.Native;

/// <summary>who, w and users: nobody logs in to a sandbox, so they list no one.</summary>
internal static class WhoCommand
{
    /// <summary>who.</summary>
    public static NativeCommand Who { get; } = NativeProgram.Command("who", "/usr/bin", "[-aH]", ListUsers);

    /// <summary>w.</summary>
    public static NativeCommand W { get; } = NativeProgram.Command("w", "/usr/bin", "", ListSessions);

    /// <summary>users.</summary>
    public static NativeCommand Users { get; } = NativeProgram.Command("users", "/usr/bin", "", ListNames);

    private static int ListUsers(CommandContext context)
    {
        CommandOptions? options = context.Parse("aHmq");
        if (options is null)
            return 1;
        if (options.Has('H'))
            context.Out.WriteLine("USER\t\tTTY\t\tIDLE\tTIME\t\t HOST");
        return 0;
    }

    private static int ListSessions(CommandContext context)
    {
        context.Out.WriteLine(SystemFiguresText.UptimeLine(context));
        context.Out.WriteLine("USER\t\tTTY\t\tIDLE\tTIME\t\t HOST");
        return 0;
    }

    private static int ListNames(CommandContext context)
    {
        context.Out.WriteLine("");
        return 0;
    }
}
