using PSSandbox.FileSystem;

namespace PSSandbox.Userland.Native;

/// <summary>mount, umount: lists what is mounted; a sandbox's mounts are its host's, so nothing can be changed from inside.</summary>
internal static class MountCommand
{
    /// <summary><c>mount</c>.</summary>
    public static NativeCommand Mount { get; } = NativeProgram.Command("mount", "/bin", "[-t TYPE] [-o OPTIONS] [DEVICE] [FOLDER]", MountMain);

    /// <summary><c>umount</c>.</summary>
    public static NativeCommand Umount { get; } = NativeProgram.Command("umount", "/bin", "[-flr] FOLDER...", UmountMain);

    private static int MountMain(CommandContext context)
    {
        CommandOptions? options = context.Parse("t:o:arwnvfi");
        if (options is null)
            return 1;
        if (options.Operands.Count > 0 || options.Has('a') || options.Has('o'))
        {
            context.Error($"permission denied{(options.Operands.Count > 0 ? $": {options.Operands[^1]}" : "")}");
            return 1;
        }

        Errno error = FileText.Read(context.Process, "/proc/mounts", out string? text);
        if (error != Errno.None)
        {
            context.Error($"/proc/mounts: {error.Message()}");
            return 1;
        }

        foreach (string line in text!.Split('\n'))
        {
            string[] fields = line.Split(' ');
            if (fields.Length >= 4 && (options.Value('t') is not { } type || fields[2] == type))
                context.Out.WriteLine($"{fields[0]} on {fields[1]} type {fields[2]} ({fields[3]})");
        }

        return 0;
    }

    private static int UmountMain(CommandContext context)
    {
        CommandOptions? options = context.Parse("flradn");
        if (options is null)
            return 1;
        if (options.Operands.Count == 0 && !options.Has('a'))
        {
            context.Error("no folder is given");
            return 1;
        }

        foreach (string operand in options.Operands.Count == 0 ? ["/"] : options.Operands)
            context.Error($"{operand}: permission denied");
        return 1;
    }
}
