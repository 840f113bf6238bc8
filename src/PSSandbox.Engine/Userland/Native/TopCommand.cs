using System.Globalization;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>top: shows the processes that use the most CPU time, again and again.</summary>
internal static class TopCommand
{
    private const string ClearScreen = "\e[H\e[J";
    private const int SummaryLines = 4;

    /// <summary>The command.</summary>
    public static NativeCommand Command { get; } = NativeProgram.Command("top", "/usr/bin", "[-b] [-n COUNT] [-d SECONDS]", Main);

    private static int Main(CommandContext context)
    {
        CommandOptions? options = context.Parse("bn:d:Hm");
        if (options is null)
            return 1;
        int rounds = int.MaxValue;
        TimeSpan delay = TimeSpan.FromSeconds(5);
        if (options.Value('n') is { } count && !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out rounds)
            || options.Value('d') is { } text && !Durations.TryParse(text, out delay))
        {
            return context.Usage();
        }

        bool batch = options.Has('b') || context.Process.Descriptors[1]?.Terminal is null;
        if (delay < TimeSpan.FromMilliseconds(100))
            delay = TimeSpan.FromMilliseconds(100);
        var before = new Dictionary<int, TimeSpan>();
        TimeSpan last = TimeSpan.Zero;
        for (int round = 0; round < rounds; round++)
        {
            if (round > 0 && !Pause(context, delay, batch))
                break;
            TimeSpan now = context.Kernel.Clock.Uptime;
            Show(context, before, now - last, batch);
            last = now;
        }

        return 0;
    }

    /// <summary>Waits for the next round; false when the user typed q.</summary>
    private static bool Pause(CommandContext context, TimeSpan delay, bool batch)
    {
        if (batch || context.Process.Descriptors[0] is not { Terminal: not null } terminal)
        {
            context.Sleep(delay);
            return true;
        }

        context.Out.Flush();
        object gate = new();
        using IDisposable? watch = terminal.Watch(gate);
        TimeSpan end = context.Kernel.Clock.Uptime + delay;
        lock (gate)
        {
            while ((terminal.Poll() & PollEvents.Readable) == 0)
            {
                TimeSpan left = end - context.Kernel.Clock.Uptime;
                if (left <= TimeSpan.Zero)
                    return true;
                if (context.Process.Block(gate, (int)Math.Ceiling(left.TotalMilliseconds)) == Errno.EINTR)
                    break;
            }
        }

        if (context.Process.Attention)
        {
            context.Process.CheckSignals();
            return true;
        }

        Span<byte> key = stackalloc byte[1];
        return context.Process.Read(terminal, key, out int count) == Errno.None && count == 1 && key[0] is not ((byte)'q' or 3);
    }

    private static void Show(CommandContext context, Dictionary<int, TimeSpan> before, TimeSpan elapsed, bool batch)
    {
        Kernel kernel = context.Kernel;
        long limit = kernel.Memory.Limit == 0 ? 4L << 30 : kernel.Memory.Limit;
        long used = kernel.Memory.Used;
        Process[] processes = kernel.Processes;
        var shares = new Dictionary<int, double>();
        double total = 0;
        foreach (Process process in processes)
        {
            TimeSpan cpu = process.CpuTime;
            double share = elapsed > TimeSpan.Zero ? 100 * (cpu - before.GetValueOrDefault(process.Id)) / elapsed / Environment.ProcessorCount : 0;
            before[process.Id] = cpu;
            shares[process.Id] = share = Math.Clamp(share, 0, 100);
            total += share;
        }

        int busy = (int)Math.Min(100, total);
        int running = processes.Count(p => p.State == ProcessState.Running);
        if (!batch)
            context.Out.Write(ClearScreen);
        context.Out.WriteLine($"Mem: {used >> 10}K used, {Math.Max(0, limit - used) >> 10}K free, 0K shrd, 0K buff, 0K cached");
        context.Out.WriteLine($"CPU: {busy,3}% usr   0% sys   0% nic {100 - busy,3}% idle   0% io   0% irq   0% sirq");
        context.Out.WriteLine($"Load average: {string.Join(' ', SystemFiguresText.Load(context))} {running}/{processes.Length} {processes[^1].Id}");
        context.Out.WriteLine("  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND");
        Terminal? screen = context.Process.Descriptors[1]?.Terminal;
        int lines = batch || screen is null ? int.MaxValue : Math.Max(1, screen.Size.Rows - SummaryLines - 1);
        foreach (Process process in processes.OrderByDescending(p => shares[p.Id]).ThenByDescending(p => p.CpuTime).Take(lines))
        {
            string line = $"{process.Id,5} {process.Parent?.Id ?? 0,5} {context.Users.UserLabel(process.User.UserId),-8} {ProcessText.State(process),-4} "
                + $"{ProcessText.Size(process.MemoryBytes),5} {100 * process.MemoryBytes / limit,3}% {0,3} {(int)shares[process.Id],3}% {ProcessText.CommandLine(process)}";
            context.Out.WriteLine(!batch && screen is not null && line.Length > screen.Size.Columns ? line[..screen.Size.Columns] : line);
        }

        context.Out.Flush();
    }
}
