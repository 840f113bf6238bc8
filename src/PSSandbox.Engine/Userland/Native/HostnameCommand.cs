namespace PSSandbox.Userland.Native;

/// <summary>hostname: tells or sets the sandbox's name.</summary>
internal static class HostnameCommand
{
    private const int MaxName = 64;

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("hostname", "/bin", "[-sidf] [HOSTNAME | -F FILE]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("sidfF:");
        if (options is null)
            return 1;
        string name = context.Kernel.HostName;
        if (options.Value('F') is { } file)
        {
            if (!context.TryReadFile(file, out string? content))
                return 1;
            return Set(context, content.Split('\n')[0].Trim());
        }

        if (options.Operands.Count > 0)
            return Set(context, options.Operands[0]);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (options.Has('s'))
            name = dot < 0 ? name : name[..dot];
        else if (options.Has('d'))
            name = dot < 0 ? "" : name[(dot + 1)..];
        else if (options.Has('i'))
            name = "127.0.1.1";
        context.Out.WriteLine(name);
        return 0;
    }

    private static int Set(CommandContext context, string name)
    {
        if (context.Process.User.UserId != 0)
        {
            context.Error("sethostname: Operation not permitted");
            return 1;
        }

        if (name.Length is 0 or > MaxName)
        {
            context.Error("sethostname: Invalid argument");
            return 1;
        }

        context.Kernel.HostName = name;
        return 0;
    }
}
