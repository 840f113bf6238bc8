using PSSandbox.FileSystem;

namespace PSSandbox.Userland.Native;

/// <summary>which: finds commands along PATH.</summary>
internal static class WhichCommand
{
    private const int Execute = 1;

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("which", "/usr/bin", "[-a] COMMAND...", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("as", "all:a");
        if (options is null)
            return 1;
        if (options.Operands.Count == 0)
            return context.Usage();
        string path = Array.Find(context.Process.Environment, e => e.StartsWith("PATH=", StringComparison.Ordinal))?[5..]
            ?? "/sbin:/usr/sbin:/bin:/usr/bin";
        int status = 0;
        foreach (string command in options.Operands)
        {
            bool found = false;
            foreach (string directory in command.Contains('/', StringComparison.Ordinal) ? [""] : path.Split(':'))
            {
                string candidate = directory.Length == 0 ? command : $"{directory}/{command}";
                if (!IsExecutable(context, candidate))
                    continue;
                found = true;
                if (!options.Has('s'))
                    context.Out.WriteLine(candidate);
                if (!options.Has('a'))
                    break;
            }

            if (!found)
                status = 1;
        }

        return status;
    }

    private static bool IsExecutable(CommandContext context, string path) =>
        context.Kernel.Files.GetStatus(context.Process.Paths, path, true, out FileStatus status) == Errno.None
        && status.Type == FileType.Regular
        && VirtualFileSystem.Permits(status, context.Process.User, Execute);
}
