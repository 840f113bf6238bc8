using System.Globalization;
using PSSandbox.Processes;

namespace PSSandbox.Userland.Native;

/// <summary>A column of ps.</summary>
/// <param name="Name">Its name for -o.</param>
/// <param name="Header">Its header.</param>
/// <param name="Width">Its width; negative for one set to the left.</param>
/// <param name="Value">What it shows of a process.</param>
internal sealed record PsColumn(string Name, string Header, int Width, Func<CommandContext, Process, string> Value)
{
    private static readonly PsColumn[] All =
    [
        new("pid", "PID", 5, (_, p) => $"{p.Id}"),
        new("ppid", "PPID", 5, (_, p) => $"{p.Parent?.Id ?? 0}"),
        new("pgid", "PGID", 5, (_, p) => $"{p.GroupId}"),
        new("sid", "SID", 5, (_, p) => $"{p.SessionId}"),
        new("user", "USER", -8, (c, p) => c.Users.UserLabel(p.User.UserId)),
        new("ruser", "RUSER", -8, (c, p) => c.Users.UserLabel(p.User.UserId)),
        new("uid", "UID", 5, (_, p) => $"{p.User.UserId}"),
        new("group", "GROUP", -8, (c, p) => c.Users.GroupName(p.User.GroupId) ?? $"{p.User.GroupId}"),
        new("rgroup", "RGROUP", -8, (c, p) => c.Users.GroupName(p.User.GroupId) ?? $"{p.User.GroupId}"),
        new("gid", "GID", 5, (_, p) => $"{p.User.GroupId}"),
        new("comm", "COMMAND", -16, (_, p) => ProcessText.Printable(ProcessText.NameOf(p))),
        new("ucmd", "CMD", -16, (_, p) => ProcessText.Printable(ProcessText.NameOf(p))),
        new("args", "COMMAND", -30, (_, p) => ProcessText.CommandLine(p)),
        new("cmd", "CMD", -30, (_, p) => ProcessText.CommandLine(p)),
        new("command", "COMMAND", -30, (_, p) => ProcessText.CommandLine(p)),
        new("stat", "STAT", -4, (_, p) => ProcessText.State(p)),
        new("state", "S", -1, (_, p) => ProcessText.State(p)[..1]),
        new("s", "S", -1, (_, p) => ProcessText.State(p)[..1]),
        new("nice", "NI", 5, (_, p) => $"{p.Nice}"),
        new("ni", "NI", 5, (_, p) => $"{p.Nice}"),
        new("pri", "PRI", 3, (_, p) => $"{20 + p.Nice}"),
        new("vsz", "VSZ", 6, (_, p) => ProcessText.Size(p.MemoryBytes)),
        new("rss", "RSS", 5, (_, p) => ProcessText.Size(p.MemoryBytes)),
        new("time", "TIME", 5, (_, p) => ProcessText.CpuTime(p.CpuTime)),
        new("cputime", "TIME", 8, (_, p) => ProcessText.LongCpuTime(p.CpuTime)),
        new("etime", "ELAPSED", 7, (c, p) => Elapsed(c.Kernel.Clock.Uptime - p.StartTime)),
        new("etimes", "ELAPSED", 7, (c, p) => $"{(long)(c.Kernel.Clock.Uptime - p.StartTime).TotalSeconds}"),
        new("tty", "TT", -6, (_, p) => p.ControllingTerminal is null ? "?" : "tty"),
        new("tt", "TT", -6, (_, p) => p.ControllingTerminal is null ? "?" : "tty"),
        new("tname", "TTY", -8, (_, p) => p.ControllingTerminal is null ? "?" : "tty"),
        new("pcpu", "%CPU", 4, Cpu),
        new("%cpu", "%CPU", 4, Cpu),
        new("pmem", "%MEM", 4, Memory),
        new("%mem", "%MEM", 4, Memory),
        new("stime", "STIME", 5, (c, p) => Started(c, p).ToString("HH:mm", CultureInfo.InvariantCulture)),
        new("start", "STARTED", 8, (c, p) => Started(c, p).ToString("HH:mm:ss", CultureInfo.InvariantCulture)),
        new("lstart", "STARTED", 24, (c, p) => Started(c, p).ToString("ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture)),
        new("c", "C", 2, (c, p) => Cpu(c, p).Split('.')[0]),
    ];

    /// <summary>The column of a name; null if there is none.</summary>
    public static PsColumn? Find(string name) => Array.Find(All, c => c.Name == name);

    /// <summary>Share of the processors' time since the process began, in per cent.</summary>
    public static string Cpu(CommandContext context, Process process)
    {
        TimeSpan elapsed = context.Kernel.Clock.Uptime - process.StartTime;
        double share = elapsed > TimeSpan.Zero ? 100 * process.CpuTime / elapsed : 0;
        return Math.Min(share, 999).ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>Share of the sandbox's memory, in per cent.</summary>
    public static string Memory(CommandContext context, Process process)
    {
        long limit = context.Kernel.Memory.Limit;
        return (limit == 0 ? 0 : 100.0 * process.MemoryBytes / limit).ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>When a process began, UTC.</summary>
    public static DateTime Started(CommandContext context, Process process)
    {
        KernelClock clock = context.Kernel.Clock;
        return DateTime.UnixEpoch.AddTicks(clock.RealNanoseconds / 100) - (clock.Uptime - process.StartTime);
    }

    private static string Elapsed(TimeSpan time)
    {
        string rest = $"{time.Minutes:00}:{time.Seconds:00}";
        return time.Days > 0 ? $"{time.Days}-{time.Hours:00}:{rest}" : time.Hours > 0 ? $"{time.Hours:00}:{rest}" : rest;
    }
}
