namespace PSSandbox.Userland.Native;

/// <summary>whoami: tells the user's name.</summary>
internal static class WhoamiCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("whoami", "/usr/bin", "", Main);

    private static int Main(CommandContext context)
    {
        if (!context.Arguments.IsEmpty)
            return context.Usage();
        int id = context.Process.User.UserId;
        if (context.Users.UserName(id) is not { } name)
        {
            context.Error($"unknown uid {id}");
            return 1;
        }

        context.Out.WriteLine(name);
        return 0;
    }
}
