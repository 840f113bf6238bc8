using PSSandbox.FileSystem;

namespace PSSandbox.Userland.Native;

/// <summary>clear, reset: clears the terminal, and for reset gives it its usual modes too.</summary>
internal static class ClearCommand
{
    private const string Home = "\x1b[H\x1b[2J\x1b[3J";

    /// <summary>RIS, character set, attributes and cursor as they are at first.</summary>
    private const string Restore = "\x1b" + "c\x1b(B\x1b[0m\x1b[?25h\x1b[J";

    /// <summary><c>clear</c>.</summary>
    public static NativeCommand Clear { get; } = NativeProgram.Command("clear", "/usr/bin", "", static context => Main(context, false));

    /// <summary><c>reset</c>.</summary>
    public static NativeCommand Reset { get; } = NativeProgram.Command("reset", "/usr/bin", "", static context => Main(context, true));

    private static int Main(CommandContext context, bool resets)
    {
        CommandOptions? options = context.Parse("");
        if (options is null)
            return 1;
        if (resets && context.Process.Descriptors[1] is { Terminal: { } terminal })
        {
            byte[] modes = new byte[TerminalModes.Length];
            new TerminalModes().CopyTo(modes);
            terminal.SetAttributes(modes);
        }

        context.Out.Write(resets ? Restore : Home);
        return 0;
    }
}
