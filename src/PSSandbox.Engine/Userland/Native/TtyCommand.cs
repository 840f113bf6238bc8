using PSSandbox.FileSystem;

namespace PSSandbox.Userland.Native;

/// <summary>tty: tells the name of standard input's terminal.</summary>
internal static class TtyCommand
{
    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("tty", "/usr/bin", "[-s]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("s", "silent:s", "quiet:s");
        if (options is null)
            return 2;
        bool terminal = context.Process.Descriptors[0] is { Terminal: not null };
        if (!options.Has('s'))
            context.Out.WriteLine(terminal ? "/dev/tty" : "not a tty");
        return terminal ? 0 : 1;
    }
}
