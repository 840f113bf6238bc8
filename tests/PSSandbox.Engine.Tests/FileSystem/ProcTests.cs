using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Tests.FileSystem;

public sealed class ProcTests
{
    private readonly Tree _tree = new(new MemoryFileSystem(new StorageAccount(), new ImageBuilder().AddBaseFiles().Build()));
    private readonly Kernel _kernel;
    private readonly Process _process;

    public ProcTests()
    {
        _kernel = new Kernel(new KernelOptions { HostName = "box", MaxMemoryBytes = 64 << 20 }, _tree.Files, new NoPrograms());
        Assert.Equal(Errno.None, ProcessSource.Mount(_kernel));
        Assert.Equal(Errno.None, _kernel.Fork(_kernel.Init, out Process? process));
        _process = process!;
        _process.Arguments = ["/bin/sh", "-c", "two words"];
        _process.Environment = ["A=1", "B=two words"];
        _process.ExecutablePath = "/bin/a (very) long program";
        _process.User = new Credentials(1000, 1000);
        _tree.Context = _process.Paths with { User = Credentials.Root };
    }

    /// <summary>A sandbox without any program: these tests start none.</summary>
    private sealed class NoPrograms : IProgramLoader
    {
        public Errno Load(Process process, Node file, string path, ref string[] arguments, out IProgram? program)
        {
            program = null;
            return Errno.ENOEXEC;
        }
    }

    private string Link(string path)
    {
        Assert.Equal(Errno.None, _tree.Files.ReadLink(_tree.Context, path, out string target));
        return target;
    }

    private static string Host(string path)
    {
        if (!File.Exists(path))
            Assert.Skip($"needs the host's {path}");
        return File.ReadAllText(path);
    }

    private static string[] Keys(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(':')[0].Trim())];

    [Fact]
    public void The_root_lists_files_and_processes_in_order()
    {
        string[] names = _tree.List("/proc");
        Assert.Equal(["1", $"{_process.Id}"], names.Where(n => char.IsAsciiDigit(n[0])));
        foreach (string name in new[] { "cpuinfo", "loadavg", "meminfo", "mounts", "self", "stat", "uptime", "version", "sys", "filesystems" })
            Assert.Contains(name, names);
        foreach (string name in names)
            Assert.Equal(Errno.None, _tree.Files.GetStatus(_tree.Context, "/proc/" + name, false, out _));
        Assert.Equal(Errno.ENOENT, _tree.Files.Resolve(_tree.Context, "/proc/99999", true, out _));
        Assert.Equal(Errno.ENOENT, _tree.Files.Resolve(_tree.Context, "/proc/1x", true, out _));
        Assert.Equal(Errno.ENOENT, _tree.Files.Resolve(_tree.Context, "/proc/01", true, out _));
    }

    [Fact]
    public void Self_is_who_asks()
    {
        Assert.Equal($"{_process.Id}", Link("/proc/self"));
        Assert.Equal($"{_process.Id}/task/{_process.Id}", Link("/proc/thread-self"));
        Assert.Equal("/bin/sh\0-c\0two words\0", _tree.Read("/proc/self/cmdline"));
        Assert.Equal("/bin/sh\0-c\0two words\0", _tree.Read("/proc/thread-self/cmdline"));
        Assert.Equal("A=1\0B=two words\0", _tree.Read("/proc/self/environ"));
        Assert.Equal("a (very) long p\n", _tree.Read("/proc/self/comm"));
        _tree.Context = _kernel.Init.Paths;
        Assert.Equal("1", Link("/proc/self"));
        _tree.Context = _tree.Context with { Caller = null };
        Assert.Equal(Errno.ENOENT, _tree.Files.ReadLink(_tree.Context, "/proc/self", out _));
    }

    [Fact]
    public void Stat_has_the_fields_of_Linux()
    {
        string text = _tree.Read("/proc/self/stat");
        string[] ours = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        Assert.StartsWith($"{_process.Id} (a (very) long p) S 1 1 1 ", text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.Equal(50, ours.Length);
        string host = Host("/proc/self/stat");
        Assert.Equal(host[(host.LastIndexOf(')') + 2)..].Split(' ').Length, ours.Length);
        Assert.Equal(Host("/proc/self/statm").Split(' ').Length, _tree.Read("/proc/self/statm").Split(' ').Length);
    }

    [Theory]
    [InlineData("/proc/self/status")]
    [InlineData("/proc/self/limits")]
    [InlineData("/proc/meminfo")]
    public void Every_line_is_one_that_Linux_has_too(string path)
    {
        string host = Host(path);
        string[] ours = Keys(_tree.Read(path));
        if (path.EndsWith("limits", StringComparison.Ordinal))
        {
            // Two numbers may differ: compare names and columns.
            string[] lines = host.Split('\n');
            Assert.Equal(lines.Select(l => l.Length > 26 ? l[..26] : l), _tree.Read(path).Split('\n').Select(l => l.Length > 26 ? l[..26] : l));
            Assert.Equal(lines[0], ours[0].PadRight(lines[0].Length));
            return;
        }

        Assert.Empty(ours.Except(Keys(host)).Except(["NStgid", "NSpid", "NSpgid", "NSsid"]));
        Assert.True(ours.Length > 15);
    }

    [Theory]
    [InlineData("/proc/uptime")]
    [InlineData("/proc/loadavg")]
    public void Short_files_have_as_many_words_as_on_Linux(string path) =>
        Assert.Equal(Host(path).Split(' ').Length, _tree.Read(path).Split(' ').Length);

    [Fact]
    public void System_files_tell_of_the_sandbox()
    {
        Assert.StartsWith("Linux version ", _tree.Read("/proc/version"), StringComparison.Ordinal);
        Assert.Contains("MemTotal:          65536 kB\n", _tree.Read("/proc/meminfo"), StringComparison.Ordinal);
        Assert.Equal(Environment.ProcessorCount, _tree.Read("/proc/cpuinfo").Split("processor\t:").Length - 1);
        Assert.StartsWith("cpu  ", _tree.Read("/proc/stat"), StringComparison.Ordinal);
        Assert.Equal("tmpfs / tmpfs rw,relatime 0 0\nproc /proc proc rw,relatime 0 0\n", _tree.Read("/proc/mounts"));
        Assert.Equal(_tree.Read("/proc/mounts"), _tree.Read("/etc/mtab"));
        Assert.Equal("Linux\n", _tree.Read("/proc/sys/kernel/ostype"));
        Assert.Equal(37, _tree.Read("/proc/sys/kernel/random/uuid").Length);
        Assert.NotEqual(_tree.Read("/proc/sys/kernel/random/uuid"), _tree.Read("/proc/sys/kernel/random/uuid"));
        Assert.Equal(_tree.Read("/proc/sys/kernel/random/boot_id"), _tree.Read("/proc/sys/kernel/random/boot_id"));
    }

    [Fact]
    public void The_host_name_can_be_written()
    {
        Assert.Equal("box\n", _tree.Read("/proc/sys/kernel/hostname"));
        _tree.Write("/proc/sys/kernel/hostname", "other\n");
        Assert.Equal("other", _kernel.HostName);
        Assert.Equal(Errno.EACCES, _tree.Files.Open(_process.Paths, "/proc/sys/kernel/hostname", OpenFlags.WriteOnly, 0, out _));
        Assert.Equal(Errno.None, _tree.Files.Open(_tree.Context, "/proc/sys/kernel/hostname", OpenFlags.WriteOnly, 0, out OpenFile? file));
        Assert.Equal(Errno.EINVAL, file!.Write("a/b"u8, null, out _));
        Assert.Equal(Errno.EINVAL, file.Write(new byte[65], null, out _));
        file.Release();
        Assert.Equal("other", _kernel.HostName);
    }

    [Fact]
    public void Nothing_can_be_changed_in_it()
    {
        foreach (string directory in new[] { "/proc", "/proc/1", "/proc/self/fd", "/proc/sys/kernel" })
        {
            Assert.Equal(Errno.ENOENT, _tree.Files.Open(_tree.Context, directory + "/new", OpenFlags.WriteOnly | OpenFlags.Create, 0x1a4, out _));
            Assert.Equal(Errno.ENOENT, _tree.Files.MakeDirectory(_tree.Context, directory + "/new", 0x1ed));
        }

        Assert.Equal(Errno.EPERM, _tree.Files.Remove(_tree.Context, "/proc/uptime"));
        Assert.Equal(Errno.EPERM, _tree.Files.RemoveDirectory(_tree.Context, "/proc/1"));
        Assert.Equal(Errno.EPERM, _tree.Files.Rename(_tree.Context, "/proc/uptime", _tree.Context, "/proc/x"));
        Assert.Equal(Errno.EXDEV, _tree.Files.Rename(_tree.Context, "/proc/uptime", _tree.Context, "/tmp/x"));
        Assert.Equal(Errno.EACCES, _tree.Files.Open(_tree.Context, "/proc/uptime", OpenFlags.WriteOnly, 0, out _));
        Assert.Equal(Errno.EPERM, _tree.Files.ChangeMode(_tree.Context, "/proc/uptime", 0x1ff, true));
        Assert.Equal(Errno.EACCES, _tree.Files.Open(_process.Paths, "/proc/1/environ", OpenFlags.ReadOnly, 0, out _));
        Assert.Equal(Errno.EACCES, _tree.Files.Open(_process.Paths, "/proc/1/fd", OpenFlags.ReadOnly, 0, out _));
        Assert.Equal(Errno.None, _tree.Files.Open(_process.Paths, "/proc/self/environ", OpenFlags.ReadOnly, 0, out OpenFile? file));
        file!.Release();
    }

    [Fact]
    public void Descriptors_lead_to_what_is_open()
    {
        _tree.Write("/tmp/f", "content");
        Assert.Equal(Errno.None, _tree.Files.Open(_tree.Context, "/tmp/f", OpenFlags.ReadOnly, 0, out OpenFile? file));
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        _process.Descriptors.Add(reader, out int zero);
        _process.Descriptors.Add(writer, out int one);
        _process.Descriptors.Add(file!, out int two);
        Assert.Equal((0, 1, 2), (zero, one, two));
        Assert.Equal(["0", "1", "2"], _tree.List("/proc/self/fd"));
        Assert.Equal(["0", "1", "2"], _tree.List("/dev/fd"));
        Assert.Matches(@"^pipe:\[\d+\]$", Link("/proc/self/fd/0"));
        Assert.Equal(Link("/proc/self/fd/0"), Link("/dev/fd/1"));
        Assert.Equal("/tmp/f", Link("/proc/self/fd/2"));
        Assert.Equal(FileType.Fifo, _tree.Status("/dev/stdin", follow: true).Type);

        // A pipe is opened again as dup does; a file anew from its beginning, also when it has no name any more.
        _tree.Write("/dev/stdout", "through");
        byte[] buffer = new byte[100];
        Assert.Equal(Errno.None, _tree.Files.Open(_tree.Context, "/dev/stdin", OpenFlags.ReadOnly, 0, out OpenFile? again));
        Assert.Same(reader, again);
        Assert.Equal(Errno.None, again!.Read(buffer, null, out int count));
        Assert.Equal(7, count);
        again.Release();
        Assert.Equal(Errno.EACCES, _tree.Files.Open(_tree.Context, "/dev/stdin", OpenFlags.WriteOnly, 0, out _));
        file!.Read(buffer, null, out _);
        _tree.Files.Remove(_tree.Context, "/tmp/f");
        Assert.Equal("content", _tree.Read("/dev/fd/2"));
        Assert.Equal("/f (deleted)", Link("/proc/self/fd/2"));
        Assert.StartsWith("pos:\t7\nflags:\t0", _tree.Read("/proc/self/fdinfo/2"), StringComparison.Ordinal);
        Assert.Equal(Errno.ENOENT, _tree.Files.Resolve(_tree.Context, "/dev/fd/3", true, out _));
        Assert.Equal(Errno.ENOENT, _tree.Files.Resolve(_tree.Context, "/dev/fd/00", true, out _));
        Assert.Equal(Errno.ENOENT, _tree.Files.Resolve(_tree.Context, "/dev/fd/-1", true, out _));
        _process.Descriptors.Close(1);
        Assert.Equal(Errno.None, reader.Read(buffer, null, out count));
        Assert.Equal(0, count);
        _process.Descriptors.CloseAll();
        Assert.Equal([], _tree.List("/proc/self/fd"));
    }

    [Fact]
    public void Links_of_a_process_lead_where_it_is()
    {
        _tree.Directory("/tmp/here");
        _process.WorkingDirectory = _tree.In("/tmp/here").Start;
        Assert.Equal("/tmp/here", Link("/proc/self/cwd"));
        Assert.Equal("/", Link("/proc/self/root"));
        _tree.Write("/proc/self/cwd/f", "x");
        Assert.Equal("x", _tree.Read("/tmp/here/f"));
        Assert.Equal(Errno.None, _tree.Files.Resolve(_tree.Context, "/proc/self/cwd/..", true, out Node? above));
        Assert.Equal("/tmp", _tree.Files.PathOf(above!, _tree.Files.Root));
        _tree.Files.Remove(_tree.Context, "/tmp/here/f");
        _tree.Files.RemoveDirectory(_tree.Context, "/tmp/here");
        Assert.Equal("/here (deleted)", Link("/proc/self/cwd"));
    }
}
