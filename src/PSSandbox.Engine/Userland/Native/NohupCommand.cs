using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>nohup: runs a program that SIGHUP does not end; what it would write to a terminal goes to nohup.out.</summary>
internal static class NohupCommand
{
    private const int NotRun = 127;
    private const int FileMode = 0x180;

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("nohup", "/usr/bin", "PROG ARGS", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("+");
        if (options is null || options.Operands.Count == 0)
        {
            if (options is not null)
                context.Usage();
            return NotRun;
        }

        DescriptorTable descriptors = context.Process.Descriptors;
        if (IsTerminal(descriptors, 0) && Open(context, "/dev/null", OpenFlags.ReadOnly) is { } input)
            descriptors.Set(0, input);
        if (IsTerminal(descriptors, 1))
        {
            const OpenFlags Flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Append;
            string name = "nohup.out";
            OpenFile? output = Open(context, name, Flags);
            string? home = Array.Find(context.Process.Environment, e => e.StartsWith("HOME=", StringComparison.Ordinal))?[5..];
            if (output is null && home is not null)
                output = Open(context, name = $"{home}/nohup.out", Flags);
            if (output is null)
            {
                context.Error("can't open 'nohup.out'");
                return NotRun;
            }

            context.Error($"appending output to {name}");
            descriptors.Set(1, output);
        }

        if (IsTerminal(descriptors, 2))
            descriptors.Duplicate(1, 2);
        context.Process.SetDisposition(Signal.HUP, SignalDisposition.Ignore);
        return context.Exec([.. options.Operands]);
    }

    private static bool IsTerminal(DescriptorTable descriptors, int descriptor) => descriptors[descriptor] is { Terminal: not null };

    private static OpenFile? Open(CommandContext context, string path, OpenFlags flags)
    {
        context.Kernel.Files.Open(context.Process.Paths, path, flags, FileMode & ~context.Process.UMask, out OpenFile? file);
        return file;
    }
}
