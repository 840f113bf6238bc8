namespace PSSandbox.Userland.Native;

/// <summary>logname: tells the name of the user who logged in, which is the one the session runs as.</summary>
internal static class LognameCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("logname", "/usr/bin", "", Main);

    private static int Main(CommandContext context)
    {
        if (!context.Arguments.IsEmpty)
            return context.Usage();
        context.Out.WriteLine(context.Users.UserLabel(context.Process.User.UserId));
        return 0;
    }
}
