using System.Globalization;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>watch: runs a command again and again, each time on a cleared screen.</summary>
internal static class WatchCommand
{
    private const string ClearScreen = "\e[H\e[J";

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("watch", "/usr/bin", "[-te] [-n SEC] PROG ARGS", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("+ten:", "no-title:t", "errexit:e", "interval:n");
        if (options is null)
            return 1;
        if (options.Operands.Count == 0)
            return context.Usage();
        TimeSpan interval = TimeSpan.FromSeconds(2);
        if (options.Value('n') is { } text && !Durations.TryParse(text, out interval))
        {
            context.Error($"invalid number '{text}'");
            return 1;
        }

        if (interval < TimeSpan.FromMilliseconds(100))
            interval = TimeSpan.FromMilliseconds(100);
        string line = string.Join(' ', options.Operands);
        while (true)
        {
            context.Out.Write(ClearScreen);
            if (!options.Has('t'))
                Title(context, line, interval);
            int status = context.Fork(["sh", "-c", line], out Process? child);
            if (child is null)
                return status;
            child.RunInline();
            WaitStatus end = context.Wait(child);
            if (options.Has('e') && end.ShellStatus != 0)
                return end.ShellStatus;
            context.Sleep(interval);
        }
    }

    private static void Title(CommandContext context, string line, TimeSpan interval)
    {
        int columns = context.Process.Descriptors[1]?.Terminal?.Size.Columns ?? 80;
        DateTime now = DateTime.UnixEpoch.AddTicks(context.Kernel.Clock.RealNanoseconds / 100);
        string left = string.Create(CultureInfo.InvariantCulture, $"Every {interval.TotalSeconds:0.0}s: {line}");
        string right = now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        int room = Math.Max(0, columns - right.Length - 1);
        if (left.Length > room)
            left = left[..room];
        context.Out.WriteLine(left.PadRight(room + 1) + right);
        context.Out.WriteLine("");
    }
}
