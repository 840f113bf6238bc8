using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Tests.Wasi;
using PSSandbox.Userland;

namespace PSSandbox.Tests.Userland;

public sealed class ProgramLoaderTests
{
    private const int Executable = 0x1ed;
    private readonly TestSystem _system = new();

    private Errno Load(string path, ref string[] arguments, out IProgram? program)
    {
        Process process = _system.Fork();
        Assert.Equal(Errno.None, _system.Files.Resolve(_system.Paths, path, true, out Node? node));
        return TestSystem.Loader.Load(process, node!, path, ref arguments, out program);
    }

    [Fact]
    public void A_module_is_compiled_once_for_all_sandboxes()
    {
        string[] arguments = ["cat"];
        Assert.Equal(Errno.None, Load("/bin/cat", ref arguments, out IProgram? first));
        Process process = new TestSystem().Fork();
        Assert.Equal(Errno.None, process.Kernel.Files.Resolve(process.Paths, "/bin/busybox", true, out Node? node));
        var loader = new ProgramLoader(TestSystem.Engine, TestSystem.Commands);
        Assert.Equal(Errno.None, loader.Load(process, node!, "/bin/busybox", ref arguments, out IProgram? second));
        Assert.Same(first, second);
        byte[] copy = ByteText.ToBytes(_system.Read("/bin/busybox"));
        _system.Write("/tmp/copy", copy, Executable);
        Assert.Equal(Errno.None, Load("/tmp/copy", ref arguments, out IProgram? third));
        Assert.Same(first, third);
    }

    [Fact]
    public void A_changed_file_is_looked_at_anew()
    {
        _system.Write("/tmp/x", NativeCommandTable.FileContent("nproc"), Executable);
        Assert.Equal($"{Environment.ProcessorCount}\n", _system.Run(["/tmp/x"]).Output);
        _system.Write("/tmp/x", NativeCommandTable.FileContent("whoami"), Executable);
        Assert.Equal("root\n", _system.Run(["/tmp/x"]).Output);
    }

    [Theory]
    [InlineData("#!/bin/echo\n", "/bin/echo|/tmp/s|a b")]
    [InlineData("#! /bin/echo -n  x \t\n", "/bin/echo|-n  x|/tmp/s|a b")]
    [InlineData("#!/bin/echo", "/bin/echo|/tmp/s|a b")]
    public void An_interpreter_line_gives_the_arguments(string script, string expected)
    {
        _system.Write("/tmp/s", script, Executable);
        string[] arguments = ["s", "a b"];
        Assert.Equal(Errno.None, Load("/tmp/s", ref arguments, out IProgram? program));
        Assert.NotNull(program);
        Assert.Equal(expected.Split('|'), arguments);
    }

    [Fact]
    public void Scripts_that_interpret_scripts()
    {
        for (int i = 1; i <= 6; i++)
            _system.Write($"/tmp/s{i}", i == 1 ? "#!/bin/echo e\n" : $"#!/tmp/s{i - 1} {i}\n", Executable);
        string[] arguments = ["x", "y"];
        Assert.Equal(Errno.None, Load("/tmp/s3", ref arguments, out _));
        Assert.Equal(["/bin/echo", "e", "/tmp/s1", "2", "/tmp/s2", "3", "/tmp/s3", "y"], arguments);
        Assert.Equal(Errno.ELOOP, Load("/tmp/s6", ref arguments, out _));
    }

    [Theory]
    [InlineData("", Errno.ENOEXEC)]
    [InlineData("echo hello\n", Errno.ENOEXEC)]
    [InlineData("#!\n", Errno.ENOEXEC)]
    [InlineData("#!/no/such/interpreter\n", Errno.ENOENT)]
    [InlineData("#!/etc/passwd\n", Errno.EACCES)]
    [InlineData("#!/tmp\n", Errno.EACCES)]
    [InlineData("\u007fPSSB\nno-such-command\n", Errno.ENOEXEC)]
    [InlineData("\u007fPSSB\nwhoami", Errno.ENOEXEC)]
    public void What_cannot_be_run_is_told(string content, object expected)
    {
        _system.Write("/tmp/s", content, Executable);
        string[] arguments = ["s"];
        Assert.Equal((Errno)expected, Load("/tmp/s", ref arguments, out IProgram? program));
        Assert.Null(program);
    }

    [Fact]
    public void An_interpreter_line_that_is_too_long_is_none()
    {
        _system.Write("/tmp/s", "#!/bin/" + new string('x', 300) + "\n", Executable);
        string[] arguments = ["s"];
        Assert.Equal(Errno.ENOEXEC, Load("/tmp/s", ref arguments, out _));
    }

    [Theory]
    [InlineData("\0asm", "unexpected end")]
    [InlineData("\0asm\u0001\0\0\0\u000c", "0x")]
    [InlineData("\0asm\u0001\0\0\0", "_start")]
    public void A_broken_module_says_why_and_ends_with_126(string content, string reason)
    {
        _system.Write("/tmp/broken.wasm", content, Executable);
        (int status, string output, string error) = _system.Run(["/tmp/broken.wasm"]);
        Assert.Equal((126, ""), (status, output));
        Assert.StartsWith("/tmp/broken.wasm: cannot execute: ", error);
        Assert.Contains(reason, error);
    }

    [Fact]
    public void Commands_are_files()
    {
        Assert.Equal("\u007fPSSB\nps\n", _system.Read("/bin/ps"));
        Assert.Equal(Errno.None, _system.Files.ReadLink(_system.Paths, "/bin/ls", out string target));
        Assert.Equal(RootImage.BusyBoxPath, target);
        Assert.Equal(Errno.None, _system.Files.Remove(_system.Paths, "/bin/uname"));
        Assert.Equal(127, _system.Run(["uname"]).Status);
    }
}
