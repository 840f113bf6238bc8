using System.Text;

namespace PSSandbox.FileSystem;

/// <summary>The files of /proc that tell of the whole system.</summary>
internal static class ProcSystem
{
    private const int TicksPerSecond = 100;

    /// <summary>Entries of /proc beside the processes.</summary>
    public static ProcEntry[] Entries { get; } =
    [
        ProcEntry.File("cmdline", 1, _ => "\n"),
        ProcEntry.File("cpuinfo", 2, CpuInfo),
        ProcEntry.File("devices", 3, _ => "Character devices:\n  1 mem\n  5 /dev/tty\n  5 /dev/console\n\nBlock devices:\n"),
        ProcEntry.File("diskstats", 4, _ => ""),
        ProcEntry.File("filesystems", 5, _ => "nodev\ttmpfs\nnodev\tproc\nnodev\tdevtmpfs\nnodev\tpipefs\nnodev\toverlay\nnodev\thostfs\n"),
        ProcEntry.File("loadavg", 6, LoadAverage),
        ProcEntry.File("meminfo", 7, MemoryInfo),
        ProcEntry.File("modules", 8, _ => ""),
        ProcEntry.Link("mounts", 9, (_, _) => "self/mounts"),
        ProcEntry.Table("net", 10, [
            ProcEntry.File("dev", 11, _ => "Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n"),
            ProcEntry.File("route", 12, _ => "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"),
            ProcEntry.File("tcp", 13, _ => "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"),
            ProcEntry.File("tcp6", 14, _ => "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"),
            ProcEntry.File("udp", 15, _ => "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n"),
            ProcEntry.File("unix", 16, _ => "Num       RefCount Protocol Flags    Type St Inode Path\n"),
        ]),
        ProcEntry.File("partitions", 20, _ => "major minor  #blocks  name\n\n"),
        ProcEntry.Link("self", 21, (files, caller) => files.Source.Of(caller)?.Id.ToString()),
        ProcEntry.File("stat", 22, Stat),
        ProcEntry.File("swaps", 23, _ => "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"),
        ProcEntry.Table("sys", 30, [
            ProcEntry.Table("fs", 31, [
                ProcEntry.File("file-max", 32, _ => "1048576\n"),
                ProcEntry.File("pipe-max-size", 33, _ => $"{Pipe.Capacity}\n"),
            ]),
            ProcEntry.Table("kernel", 34, [
                ProcEntry.File("cap_last_cap", 35, _ => "40\n"),
                ProcEntry.File("domainname", 36, _ => "(none)\n"),
                ProcEntry.File("hostname", 37, files => files.Source.HostName + "\n", SetHostName),
                ProcEntry.File("ngroups_max", 38, _ => "65536\n"),
                ProcEntry.File("osrelease", 39, files => files.Source.Identity.Release + "\n"),
                ProcEntry.File("ostype", 40, files => files.Source.Identity.SystemName + "\n"),
                ProcEntry.File("pid_max", 41, files => $"{files.Source.Figures.MaxProcessId}\n"),
                ProcEntry.Table("random", 42, [
                    ProcEntry.File("boot_id", 43, files => files.BootId + "\n"),
                    ProcEntry.File("entropy_avail", 44, _ => "256\n"),
                    ProcEntry.File("poolsize", 45, _ => "256\n"),
                    ProcEntry.File("uuid", 46, _ => $"{Guid.NewGuid()}\n"),
                ]),
                ProcEntry.File("threads-max", 47, files => $"{files.Source.Figures.MaxProcessId}\n"),
                ProcEntry.File("version", 48, files => files.Source.Identity.Version + "\n"),
            ]),
            ProcEntry.Table("vm", 49, [
                ProcEntry.File("overcommit_memory", 50, _ => "2\n"),
                ProcEntry.File("swappiness", 51, _ => "0\n"),
            ]),
        ]),
        ProcEntry.Link("thread-self", 60, (files, caller) => files.Source.Of(caller) is { } view ? $"{view.Id}/task/{view.Id}" : null),
        ProcEntry.File("uptime", 61, Uptime),
        ProcEntry.File("version", 62, Version),
        ProcEntry.File("vmstat", 63, files => $"nr_free_pages {Free(files) / 4096}\n"),
    ];

    /// <summary>The lines of /proc/mounts.</summary>
    public static string Mounts(ProcFileSystem files)
    {
        var text = new StringBuilder();
        foreach (MountEntry mount in files.Files.Mounts)
            text.Append($"{Escape(mount.Source)} {Escape(mount.Target)} {mount.TypeName} {mount.Options} 0 0\n");
        return text.ToString();
    }

    /// <summary>The lines of /proc/PID/mountinfo.</summary>
    public static string MountInfo(ProcFileSystem files)
    {
        var text = new StringBuilder();
        int number = 1;
        foreach (MountEntry mount in files.Files.Mounts)
        {
            text.Append($"{number} {(number == 1 ? 0 : 1)} 0:{number} / {Escape(mount.Target)} {mount.Options} - {mount.TypeName} {Escape(mount.Source)} {mount.Options}\n");
            number++;
        }

        return text.ToString();
    }

    /// <summary>Blanks and backslashes are written in octal, as getmntent(3) reads them.</summary>
    private static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(" \t\n\\") < 0)
            return text;
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            if (c is ' ' or '\t' or '\n' or '\\')
                escaped.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0'));
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static Errno SetHostName(ProcFileSystem files, string text)
    {
        string name = text.TrimEnd('\n');
        if (name.Length > 64 || name.AsSpan().ContainsAny('\0', '\n', '/'))
            return Errno.EINVAL;
        files.Source.HostName = name;
        return Errno.None;
    }

    private static string CpuInfo(ProcFileSystem files)
    {
        var text = new StringBuilder();
        int count = files.Source.Figures.Processors;
        for (int i = 0; i < count; i++)
        {
            text.Append($"processor\t: {i}\nvendor_id\t: PSSandbox\ncpu family\t: 0\nmodel\t\t: 0\nmodel name\t: WebAssembly\nstepping\t: 0\n")
                .Append($"cpu MHz\t\t: 1000.000\ncache size\t: 0 KB\nphysical id\t: 0\nsiblings\t: {count}\ncore id\t\t: {i}\ncpu cores\t: {count}\n")
                .Append($"fpu\t\t: yes\nflags\t\t: fpu\nbogomips\t: 2000.00\n\n");
        }

        return text.ToString();
    }

    private static long Free(ProcFileSystem files)
    {
        SystemFigures now = files.Source.Figures;
        return Math.Max(0, now.MemoryTotal - now.MemoryUsed - files.Files.RootBytes);
    }

    private static string MemoryInfo(ProcFileSystem files)
    {
        SystemFigures now = files.Source.Figures;
        long free = Free(files) / 1024;
        long shared = files.Files.RootBytes / 1024;
        var text = new StringBuilder();
        foreach ((string name, long value) in new (string, long)[]
        {
            ("MemTotal", now.MemoryTotal / 1024), ("MemFree", free), ("MemAvailable", free), ("Buffers", 0), ("Cached", shared),
            ("SwapCached", 0), ("Active", now.MemoryUsed / 1024), ("Inactive", 0), ("SwapTotal", 0), ("SwapFree", 0), ("Dirty", 0),
            ("Writeback", 0), ("AnonPages", now.MemoryUsed / 1024), ("Mapped", 0), ("Shmem", shared), ("Slab", 0), ("SReclaimable", 0),
            ("SUnreclaim", 0), ("CommitLimit", now.MemoryTotal / 1024), ("Committed_AS", now.MemoryUsed / 1024),
        })
        {
            text.Append($"{name + ":",-16}{value,8} kB\n");
        }

        return text.ToString();
    }

    /// <summary>The share of the processors used since the start stands for all three averages.</summary>
    private static string LoadAverage(ProcFileSystem files)
    {
        SystemFigures now = files.Source.Figures;
        string load = Math.Min(now.CpuTime / (now.Uptime + TimeSpan.FromSeconds(1)), 99).ToString("F2");
        return $"{load} {load} {load} {now.Running}/{now.Processes} {now.LastProcessId}\n";
    }

    private static TimeSpan Idle(in SystemFigures now)
    {
        TimeSpan idle = (now.Uptime * now.Processors) - now.CpuTime;
        return idle > TimeSpan.Zero ? idle : TimeSpan.Zero;
    }

    private static string Uptime(ProcFileSystem files)
    {
        SystemFigures now = files.Source.Figures;
        return $"{now.Uptime.TotalSeconds:F2} {Idle(now).TotalSeconds:F2}\n";
    }

    private static string Version(ProcFileSystem files)
    {
        (string system, string release, string version, _) = files.Source.Identity;
        return $"{system} version {release} (pssandbox@localhost) {version}\n";
    }

    private static string Stat(ProcFileSystem files)
    {
        SystemFigures now = files.Source.Figures;
        long user = (long)(now.CpuTime.TotalSeconds * TicksPerSecond);
        long idle = (long)(Idle(now).TotalSeconds * TicksPerSecond);
        var text = new StringBuilder($"cpu  {user} 0 0 {idle} 0 0 0 0 0 0\n");
        for (int i = 0; i < now.Processors; i++)
            text.Append($"cpu{i} {user / now.Processors} 0 0 {idle / now.Processors} 0 0 0 0 0 0\n");
        long started = (Timestamp.Now / 1_000_000_000) - (long)now.Uptime.TotalSeconds;
        text.Append($"intr 0\nctxt 0\nbtime {started}\nprocesses {now.LastProcessId}\nprocs_running {now.Running}\nprocs_blocked 0\nsoftirq 0\n");
        return text.ToString();
    }
}
