using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Sandboxes;

/// <summary>Files between the host and a sandbox, also where one side is hostile.</summary>
public sealed class CopyTests : IDisposable
{
    private static readonly CopyOptions Recurse = new() { Recurse = true };
    private readonly string _host = Directory.CreateTempSubdirectory("pssandbox-test-").FullName;
    private readonly Sandbox _sandbox = Sandbox.Create();

    public void Dispose()
    {
        _sandbox.Dispose();
        Directory.Delete(_host, recursive: true);
    }

    private string Host(string path) => Path.Join(_host, path);

    private string Make(string path, string text = "text")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Host(path))!);
        File.WriteAllText(Host(path), text);
        return Host(path);
    }

    private string Run(string script)
    {
        SandboxResult result = _sandbox.RunShell(script);
        Assert.Equal("", result.Stderr);
        return result.Stdout;
    }

    private List<SandboxException> Out(string path, string host, CopyOptions? options = null)
    {
        var failures = new List<SandboxException>();
        _sandbox.CopyOut(path, Host(host), (options ?? Recurse) with { Failed = failures.Add });
        return failures;
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? 0 : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static void NeedUnix()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("needs permission bits and links");
    }

    [Fact]
    public void A_file_comes_in_with_mode_and_time_and_belongs_to_the_user()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { UserId = 1000, GroupId = 100 });
        string file = Make("f", "hello");
        File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        SetMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead);
        sandbox.CopyIn(file, "/new/place/g");
        Assert.Equal("hello"u8.ToArray(), sandbox.ReadFile("/new/place/g"));
        SandboxItem item = sandbox.GetItem("/new/place/g");
        Assert.Equal((1000, 100), (item.UserId, item.GroupId));
        Assert.Equal(new DateTime(2001, 2, 3, 4, 5, 6), item.LastWriteTime.UtcDateTime);
        if (!OperatingSystem.IsWindows())
            Assert.Equal("-r-xr-----", item.Permissions);
    }

    [Fact]
    public void A_tree_goes_in_and_out_again_as_it_was()
    {
        NeedUnix();
        Make("tree/a/b/one", "1");
        Make("tree/two", new string('x', 300_000));
        Directory.CreateDirectory(Host("tree/closed"));
        File.CreateSymbolicLink(Host("tree/a/link"), "../two");
        SetMode(Host("tree/closed"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Directory.SetLastWriteTimeUtc(Host("tree/a"), new DateTime(2002, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _sandbox.CopyIn(Host("tree"), "/root/t", Recurse);
        Assert.Equal("1 ../two 300000 dr-x------ 2002-01-01\n", Run(
            "cd t; echo \"$(cat a/b/one) $(readlink a/link) $(wc -c < two) $(stat -c %A closed) $(date -u -r a +%F)\""));
        Assert.Empty(Out("/root/t", "back"));
        Assert.Equal("1", File.ReadAllText(Host("back/a/b/one")));
        Assert.Equal("../two", new FileInfo(Host("back/a/link")).LinkTarget);
        Assert.Equal(300_000, new FileInfo(Host("back/two")).Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute, Mode(Host("back/closed")));
        Assert.Equal(new DateTime(2002, 1, 1), Directory.GetLastWriteTimeUtc(Host("back/a")));
    }

    [Fact]
    public void A_folder_needs_recurse()
    {
        Make("tree/f");
        var e = Assert.Throws<SandboxException>(() => _sandbox.CopyIn(Host("tree"), "/root/t"));
        Assert.Equal(SandboxErrorCode.FileOperationFailed, e.Code);
        Assert.False(_sandbox.ItemExists("/root/t"));
    }

    [Fact]
    public void A_folder_is_merged_into_one_that_is_there()
    {
        Make("tree/f", "new");
        Run("mkdir t; echo old > t/f; echo kept > t/g");
        _sandbox.CopyIn(Host("tree"), "/root/t", Recurse);
        Assert.Equal("newkept\n", Run("cat t/f t/g"));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../secret")]
    [InlineData("sub/../../secret")]
    [InlineData("sub/../x")]
    public void A_link_that_leads_out_stays_inside(string target)
    {
        NeedUnix();
        Run($"mkdir -p t/sub; echo x > t/x; ln -s {target} t/link");
        SandboxException failure = Assert.Single(Out("/root/t", "t"));
        Assert.Contains("t/link", failure.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(Host("t/link")) || new FileInfo(Host("t/link")).LinkTarget is not null);
        Assert.Equal("x\n", File.ReadAllText(Host("t/x")));
    }

    [Fact]
    public void A_link_of_the_host_is_read_as_a_link()
    {
        NeedUnix();
        Make("secret", "secret");
        Directory.CreateDirectory(Host("tree"));
        File.CreateSymbolicLink(Host("tree/link"), Host("secret"));
        File.CreateSymbolicLink(Host("tree/folder"), _host);
        _sandbox.CopyIn(Host("tree"), "/root/t", Recurse);
        Assert.Equal(Host("secret"), _sandbox.GetItem("/root/t/link").LinkTarget);
        Assert.True(_sandbox.GetItem("/root/t/folder").IsLink);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_link_at_the_destination_is_never_followed(bool force)
    {
        NeedUnix();
        string outside = Make("outside/f", "safe");
        Directory.CreateDirectory(Host("t"));
        File.CreateSymbolicLink(Host("t/sub"), Host("outside"));
        File.CreateSymbolicLink(Host("t/g"), outside);
        Run("mkdir -p t/sub; echo evil > t/sub/f; echo evil > t/g");
        Assert.Equal(force ? 0 : 2, Out("/root/t", "t", Recurse with { Force = force }).Count);
        Assert.Equal("safe", File.ReadAllText(outside));
        Assert.Equal(force, new FileInfo(Host("t/g")).LinkTarget is null);
    }

    [Fact]
    public void A_file_that_may_not_be_written_needs_force()
    {
        NeedUnix();
        Make("f", "new");
        Run("echo old > f; chmod 444 f");
        Assert.Throws<SandboxException>(() => _sandbox.CopyIn(Host("f"), "/root/f"));
        Assert.Equal("old\n", Run("cat f"));
        _sandbox.CopyIn(Host("f"), "/root/f", new CopyOptions { Force = true });
        Assert.Equal("new", Run("cat f"));
    }

    [Fact]
    public void Set_user_id_does_not_come_out()
    {
        NeedUnix();
        Run("echo x > f; chmod 6755 f");
        Assert.Empty(Out("/root/f", "f"));
        Assert.Equal((UnixFileMode)0x1ed, Mode(Host("f")));
    }

    [Fact]
    public void Devices_and_pipes_are_told_and_left_out()
    {
        Run("mkdir t; mkfifo t/pipe; echo x > t/f");
        Assert.Contains("t/pipe", Assert.Single(Out("/root/t", "t")).Message, StringComparison.Ordinal);
        Assert.Single(Out("/dev/zero", "zero"));
        Assert.Equal("x\n", File.ReadAllText(Host("t/f")));
        Assert.False(Path.Exists(Host("zero")));
    }

    [Fact]
    public void Holes_cost_nothing()
    {
        Run("truncate -s 300M f; echo end >> f");
        Assert.Empty(Out("/root/f", "f"));
        Assert.Equal(300 * 1024 * 1024 + 4, new FileInfo(Host("f")).Length);
        _sandbox.CopyIn(Host("f"), "/root/g");
        Assert.Equal("end\n", Run("tail -c 4 g"));
    }

    [Fact]
    public void Files_of_proc_come_out_with_their_text()
    {
        Assert.Empty(Out("/proc/version", "version"));
        Assert.NotEqual(0, new FileInfo(Host("version")).Length);
    }

    [Fact]
    public void A_full_sandbox_says_so_and_keeps_what_it_had()
    {
        using Sandbox small = Sandbox.Create(new SandboxOptions { Limits = new SandboxLimits { StorageBytes = 1 << 20 } });
        small.WriteFile("/root/f", "old"u8);
        var e = Assert.Throws<SandboxException>(() => small.CopyIn(Make("f", new string('x', 4 << 20)), "/root/f"));
        Assert.Equal(SandboxErrorCode.SandboxLimitExceeded, e.Code);
        Assert.Equal("old"u8.ToArray(), small.ReadFile("/root/f"));
        Assert.Equal("f", Assert.Single(small.GetItems("/root")).Name);
    }

    [Fact]
    public void A_copy_onto_itself_loses_nothing()
    {
        string file = Make("f", "text");
        _sandbox.AddMount(new SandboxMount(_host, "/m", MountAccess.ReadWrite));
        _sandbox.CopyIn(file, "/m/f");
        Assert.Equal("text", File.ReadAllText(file));
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        Make("tree/a");
        Make("tree/b");
        using var stop = new CancellationTokenSource();
        var options = Recurse with { Progress = _ => stop.Cancel() };
        Assert.Throws<OperationCanceledException>(() => _sandbox.CopyIn(Host("tree"), "/root/t", options, stop.Token));
        Assert.Empty(_sandbox.GetItems("/root/t"));
    }

    [Fact]
    public void A_very_deep_tree_ends_in_an_error()
    {
        string name = new('d', 200);
        Run($"mkdir d; cd d; for i in $(seq 30); do mkdir {name}; cd {name}; done");
        Assert.NotEmpty(Out("/root/d", "d"));
        Assert.True(Directory.Exists(Host($"d/{name}/{name}")));
    }

    [Theory]
    [InlineData("/root/missing", SandboxErrorCode.FileNotFound)]
    [InlineData("/nowhere/at/all", SandboxErrorCode.FileNotFound)]
    public void What_is_not_there_is_named(string path, SandboxErrorCode code)
    {
        var e = Assert.Throws<SandboxException>(() => _sandbox.CopyOut(path, Host("f")));
        Assert.Equal(code, e.Code);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.Throws<SandboxException>(() => _sandbox.CopyIn(Host("missing"), "/root/f"));
    }

    [Fact]
    public void Names_that_are_no_text_come_out_and_the_root_is_no_source()
    {
        Assert.Throws<SandboxException>(() => _sandbox.CopyIn("/", "/root/all", Recurse));
        Assert.Throws<SandboxException>(() => _sandbox.CopyIn(Make("f"), "/root/.."));
        Run("mkdir t; echo x > \"t/$(printf 'a b\\nc')\"");
        if (OperatingSystem.IsWindows())
            return;
        Assert.Empty(Out("/root/t", "t"));
        Assert.Equal("a b\nc", Path.GetFileName(Assert.Single(Directory.GetFiles(Host("t")))));
    }
}
