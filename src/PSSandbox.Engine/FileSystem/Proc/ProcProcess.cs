using System.Text;

namespace PSSandbox.FileSystem;

/// <summary><c>/proc/PID</c> (proc_pid(5)).</summary>
internal sealed class ProcProcess : ProcDirectory
{
    private static readonly ProcEntry[] Entries =
    [
        ProcEntry.File("cgroup", 1, 0x124, (_, _) => "0::/\n"),
        ProcEntry.File("cmdline", 2, 0x124, (_, p) => p.State == 'Z' ? "" : Join(p.Arguments)),
        ProcEntry.File("comm", 3, 0x124, (_, p) => Command(p) + "\n"),
        ProcEntry.Link("cwd", 4, (files, p) => Path(files, p, p.WorkingDirectory), p => p.WorkingDirectory),
        ProcEntry.File("environ", 5, 0x100, (_, p) => p.State == 'Z' ? "" : Join(p.Environment)),
        ProcEntry.Link("exe", 6, (_, p) => p.ExecutablePath, null),
        new("fd", 7, FileType.Directory, (files, parent, process, owner, inode) => new ProcDescriptors(files, parent, "fd", process, owner, inode, info: false)),
        new("fdinfo", 8, FileType.Directory, (files, parent, process, owner, inode) => new ProcDescriptors(files, parent, "fdinfo", process, owner, inode, info: true)),
        ProcEntry.File("limits", 9, 0x124, (_, p) => Limits(p)),
        ProcEntry.File("mountinfo", 10, 0x124, (files, _) => ProcSystem.MountInfo(files)),
        ProcEntry.File("mounts", 11, 0x124, (files, _) => ProcSystem.Mounts(files)),
        ProcEntry.File("oom_score", 12, 0x124, (_, _) => "0\n"),
        ProcEntry.Link("root", 13, (files, p) => Path(files, p, p.Root), p => p.Root),
        ProcEntry.File("stat", 14, 0x124, (_, p) => Stat(p)),
        ProcEntry.File("statm", 15, 0x124, (_, p) => $"{Pages(p.MemoryBytes)} {Pages(p.MemoryBytes)} 0 0 0 {Pages(p.MemoryBytes)} 0\n"),
        ProcEntry.File("status", 16, 0x124, (_, p) => Status(p)),
        ProcEntry.File("wchan", 17, 0x124, (_, _) => "0"),
    ];

    /// <summary>What limits are called, by their number.</summary>
    private static readonly (string Name, string Unit)[] LimitNames =
    [
        ("Max cpu time", "seconds"), ("Max file size", "bytes"), ("Max data size", "bytes"), ("Max stack size", "bytes"),
        ("Max core file size", "bytes"), ("Max resident set", "bytes"), ("Max processes", "processes"), ("Max open files", "files"),
        ("Max locked memory", "bytes"), ("Max address space", "bytes"), ("Max file locks", "locks"), ("Max pending signals", "signals"),
        ("Max msgqueue size", "bytes"), ("Max nice priority", ""), ("Max realtime priority", ""), ("Max realtime timeout", "us"),
    ];

    private readonly IProcessView _view;
    private readonly ProcEntry[] _entries;

    /// <summary>Makes the directory of a process.</summary>
    public ProcProcess(ProcFileSystem fileSystem, ProcDirectory parent, IProcessView view, string name, bool isTask = false)
        : base(fileSystem, parent, name, ProcFileSystem.Number(view.Id, isTask ? 31 : 0), 0x16d, view.User)
    {
        _view = view;
        _entries = isTask ? Entries : WithTask;
    }

    private static ProcEntry[] WithTask { get; } =
    [
        .. Entries,
        new("task", 30, FileType.Directory, (files, parent, process, owner, _) => new ProcTable(
            files, parent, "task",
            [new ProcEntry(process.ToString(), 31, FileType.Directory, (f, p, id, _, _) =>
                f.Source.Find(id) is { } view ? new ProcProcess(f, p, view, id.ToString(), isTask: true) : new ProcTable(f, p, id.ToString(), [], 31, id))],
            30, process, owner)),
    ];

    /// <inheritdoc/>
    public override Errno Lookup(ReadOnlySpan<char> name, out Node? child)
    {
        child = null;
        if (FileSystem.Source.Find(_view.Id) is null)
            return Errno.ENOENT;
        child = ProcEntry.Find(_entries, name)?.Make(FileSystem, this, _view.Id, _view.User);
        return child is null ? Errno.ENOENT : Errno.None;
    }

    /// <inheritdoc/>
    public override DirectoryEntry? Next(ref long position)
    {
        if (position >= _entries.Length || FileSystem.Source.Find(_view.Id) is null)
            return null;
        return _entries[position++].Describe(_view.Id);
    }

    /// <summary>The name of what it executes, at most 15 bytes.</summary>
    private static string Command(IProcessView process)
    {
        string path = process.ExecutablePath;
        if (path.Length == 0 && process.Arguments.Length > 0)
            path = process.Arguments[0];
        string name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length > 15 ? name[..15] : name;
    }

    private static string Join(string[] values)
    {
        var text = new StringBuilder();
        foreach (string value in values)
            text.Append(value).Append('\0');
        return text.ToString();
    }

    private static string Path(ProcFileSystem files, IProcessView process, Node node)
    {
        string path = files.Files.PathOf(node, files.Source.Find(process.Id)?.Root ?? files.Files.Root);
        return path.Length > 0 ? path : $"/{node.Name} (deleted)";
    }

    private static long Pages(long bytes) => (bytes + 4095) / 4096;

    private static long ClockTicks(TimeSpan time) => time.Ticks / (TimeSpan.TicksPerSecond / 100);

    private static string Stat(IProcessView p)
    {
        long used = ClockTicks(p.CpuTime);
        long children = ClockTicks(p.ChildrenCpuTime);
        (ulong pending, ulong ignored, ulong caught) = p.Signals;
        int terminal = p.Terminal is null ? 0 : 0x8800;
        int foreground = p.Terminal?.ForegroundGroup is int group and not 0 ? group : -1;
        return $"{p.Id} ({Command(p)}) {p.State} {p.ParentId} {p.GroupId} {p.SessionId} {terminal} {foreground} 4194304 0 0 0 0 "
            + $"{used} 0 {children} 0 {20 + p.Nice} {p.Nice} 1 0 {ClockTicks(p.StartTime)} {p.MemoryBytes} {Pages(p.MemoryBytes)} "
            + $"18446744073709551615 0 0 0 0 0 {pending & 0x7fffffff} 0 {ignored & 0x7fffffff} {caught & 0x7fffffff} 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 {p.ExitCode}\n";
    }

    private static string Status(IProcessView p)
    {
        (ulong pending, ulong ignored, ulong caught) = p.Signals;
        string state = p.State switch
        {
            'R' => "R (running)",
            'S' => "S (sleeping)",
            'T' => "T (stopped)",
            'Z' => "Z (zombie)",
            char other => $"{other} (disk sleep)",
        };
        string user = $"{p.User.UserId}\t{p.User.UserId}\t{p.User.UserId}\t{p.User.UserId}";
        string group = $"{p.User.GroupId}\t{p.User.GroupId}\t{p.User.GroupId}\t{p.User.GroupId}";
        long peak = Math.Max(p.PeakMemoryBytes, p.MemoryBytes) / 1024;
        long now = p.MemoryBytes / 1024;
        return $"Name:\t{Command(p)}\nUmask:\t{Convert.ToString(p.UMask, 8).PadLeft(4, '0')}\nState:\t{state}\nTgid:\t{p.Id}\nNgid:\t0\nPid:\t{p.Id}\n"
            + $"PPid:\t{p.ParentId}\nTracerPid:\t0\nUid:\t{user}\nGid:\t{group}\nFDSize:\t{p.Descriptors.Length}\nGroups:\t{p.User.GroupId} \n"
            + $"NStgid:\t{p.Id}\nNSpid:\t{p.Id}\nNSpgid:\t{p.GroupId}\nNSsid:\t{p.SessionId}\n"
            + $"VmPeak:\t{peak,8} kB\nVmSize:\t{now,8} kB\nVmLck:\t{0,8} kB\nVmPin:\t{0,8} kB\nVmHWM:\t{peak,8} kB\nVmRSS:\t{now,8} kB\n"
            + $"VmData:\t{now,8} kB\nVmStk:\t{0,8} kB\nVmExe:\t{0,8} kB\nVmLib:\t{0,8} kB\nVmSwap:\t{0,8} kB\nThreads:\t1\nSigQ:\t0/1024\n"
            + $"SigPnd:\t{0:x16}\nShdPnd:\t{pending:x16}\nSigBlk:\t{0:x16}\nSigIgn:\t{ignored:x16}\nSigCgt:\t{caught:x16}\n"
            + "CapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nCapAmb:\t0000000000000000\n"
            + "NoNewPrivs:\t1\nSeccomp:\t0\nvoluntary_ctxt_switches:\t0\nnonvoluntary_ctxt_switches:\t0\n";
    }

    private static string Limits(IProcessView p)
    {
        var text = new StringBuilder("Limit                     Soft Limit           Hard Limit           Units     \n");
        for (int i = 0; i < LimitNames.Length; i++)
        {
            (long soft, long hard) = p.GetLimit(i);
            text.Append($"{LimitNames[i].Name,-26}{Text(soft),-21}{Text(hard),-21}{LimitNames[i].Unit,-10}\n");
        }

        return text.ToString();

        static string Text(long limit) => limit == long.MaxValue ? "unlimited" : limit.ToString();
    }
}
