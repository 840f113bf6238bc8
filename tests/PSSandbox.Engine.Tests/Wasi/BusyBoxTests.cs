using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Tests.Wasi;

/// <summary>The real userland through kernel, loader, engine and host functions.</summary>
public sealed class BusyBoxTests
{
    private readonly TestSystem _system = new();

    [Fact]
    public void Cat_copies_its_input()
    {
        (int status, string output, string error) = _system.Run(["cat"], "hello\nworld\n");
        Assert.Equal(("", "hello\nworld\n", 0), (error, output, status));
    }

    [Fact]
    public void Cat_of_a_missing_file_fails_as_busybox_does()
    {
        (int status, _, string error) = _system.Run(["cat", "/no/such/file"]);
        Assert.Equal(("cat: can't open '/no/such/file': No such file or directory\n", 1), (error, status));
    }

    [Fact]
    public void Ls_shows_modes_owners_and_links()
    {
        _system.Write("/tmp/script", "#!/bin/sh\n", 0x1ed);
        (int status, string output, string error) = _system.Run(["ls", "-l", "/tmp/script"]);
        Assert.Equal(("", 0), (error, status));
        Assert.StartsWith("-rwxr-xr-x    1 root     root            10 ", output);
    }

    [Fact]
    public void Grep_finds_lines_and_tells_by_its_status()
    {
        Assert.Equal((0, "banana\n", ""), _system.Run(["grep", "nan"], "apple\nbanana\n"));
        Assert.Equal((1, "", ""), _system.Run(["grep", "x"], "apple\nbanana\n"));
    }

    [Fact]
    public void Relative_paths_begin_at_the_working_directory()
    {
        _system.Write("/tmp/file", "here\n");
        Assert.Equal((0, "here\n", ""), _system.Run(["cat", "file"], directory: "/tmp"));
    }

    [Fact]
    public void Xargs_runs_a_program_for_each_line()
    {
        Assert.Equal((0, "a-a\nb-b\n", ""), _system.Run(["xargs", "-n1", "-I{}", "echo", "{}-{}"], "a\nb\n"));
    }

    [Fact]
    public void Find_runs_programs()
    {
        _system.Write("/tmp/one.txt", "1\n");
        Assert.Equal((0, "1\n", ""), _system.Run(["find", "/tmp", "-name", "one*", "-exec", "cat", "{}", ";"]));
    }

    [Fact]
    public void Yes_ends_by_sigpipe()
    {
        Process process = _system.Prepare(["yes"], "", "/", null, out Errno error);
        Assert.Equal(Errno.None, error);
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        process.Descriptors.Set(1, writer);
        process.Start();
        byte[] buffer = new byte[10];
        Assert.Equal(Errno.None, reader.Read(buffer, null, out _));
        Assert.Equal("y\ny\ny\ny\ny\n", ByteText.FromBytes(buffer));
        reader.Release();
        Assert.True(_system.Kernel.WaitUntilIdle(TimeSpan.FromSeconds(30)));
        Assert.Equal(WaitStatus.ForSignal(Signal.PIPE), process.ExitStatus);
    }

    [Fact]
    public void A_killed_loop_ends()
    {
        Process process = _system.Prepare(["awk", "BEGIN{while(1);}"], "", "/", null, out Errno error);
        Assert.Equal(Errno.None, error);
        process.Start();
        Assert.Equal(Errno.None, _system.Kernel.Kill(null, process.Id, Signal.TERM));
        Assert.True(_system.Kernel.WaitUntilIdle(TimeSpan.FromSeconds(30)));
        Assert.Equal(WaitStatus.ForSignal(Signal.TERM), process.ExitStatus);
    }

    [Fact]
    public void A_sleeping_program_is_interrupted()
    {
        Process process = _system.Prepare(["/bin/busybox", "sleep", "1000"], "", "/", null, out Errno error);
        Assert.Equal(Errno.None, error);
        process.Start();
        Assert.Equal(Errno.None, _system.Kernel.Kill(null, process.Id, Signal.INT));
        Assert.True(_system.Kernel.WaitUntilIdle(TimeSpan.FromSeconds(30)));
        Assert.Equal(WaitStatus.ForSignal(Signal.INT), process.ExitStatus);
    }
}
