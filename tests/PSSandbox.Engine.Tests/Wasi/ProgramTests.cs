using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Tests.Wasi;

/// <summary>Whole C programs, compiled here with wasi-libc.</summary>
public sealed class ProgramTests
{
    private const int Executable = 0x1ed;
    private readonly TestSystem _system = new(new KernelOptions { MaxMemoryBytes = 64 << 20 });

    [Fact]
    public void An_ordinary_program_uses_files_by_relative_and_absolute_paths()
    {
        Assert.Equal(Errno.None, _system.Files.MakeDirectory(_system.Paths, "/tmp/work", 0x1ff));
        _system.Write("/tmp/work/input.txt", "from the working directory\n");
        _system.Write("/tmp/files.wasm", CompiledProgram.Get("files"), Executable);
        (int status, string output, string error) =
            _system.Run(["/tmp/files.wasm", "a b", ""], "input line\n", "/tmp/work", ["NAME=value", "PWD=/somewhere/else"]);
        Assert.Equal(("passed\n", "", 7), (output, error, status));
        Assert.Equal("42 written\n", _system.Read("/tmp/work/renamed.txt"));
    }

    [Theory]
    [InlineData("", 0, "")]
    [InlineData("exit", 44, "")]
    [InlineData("trap", 134, "ends: unreachable\n")]
    [InlineData("divide", 136, "ends: integer divide by zero\n")]
    [InlineData("wild", 139, "ends: out of bounds memory access\n")]
    [InlineData("recursion", 139, null)]
    [InlineData("memory", 137, "ends: out of memory\n")]
    public void A_program_ends_as_its_trap_says(string how, int status, string? error)
    {
        _system.Write("/tmp/ends", CompiledProgram.Get("ends"), Executable);
        Process process = _system.Prepare(["/tmp/ends", how], "", "/", null, out Errno failure);
        Assert.Equal(Errno.None, failure);
        process.Arguments = ["ends", how];
        process.RunInline();
        Assert.Equal(status, process.ExitStatus.ShellStatus);
        if (error is not null)
            Assert.Equal(error, _system.Read("/tmp/.err"));
        Assert.Equal(0, _system.Kernel.Memory.Used);
        Assert.Equal(how == "memory", _system.Kernel.Violations.Any(v => v.Kind == "memory"));
    }

    [Fact]
    public void A_stopped_loop_goes_on_and_a_killed_one_ends()
    {
        _system.Write("/tmp/ends", CompiledProgram.Get("ends"), Executable);
        Process process = _system.Prepare(["/tmp/ends", "loop"], "", "/", null, out Errno failure);
        Assert.Equal(Errno.None, failure);
        process.Start();
        process.Deliver(Signal.STOP);
        SpinWait.SpinUntil(() => process.State == ProcessState.Stopped);
        process.Deliver(Signal.CONT);
        SpinWait.SpinUntil(() => process.State == ProcessState.Running);
        process.Deliver(Signal.KILL);
        Assert.True(_system.Kernel.WaitUntilIdle(TimeSpan.FromSeconds(30)));
        Assert.Equal(137, process.ExitStatus.ShellStatus);
        Assert.True(process.CpuTime > TimeSpan.Zero);
    }

    [Fact]
    public void Caught_signals_reach_the_guest_in_calls_loops_and_waits()
    {
        _system.Write("/tmp/signals", CompiledProgram.Get("signals"), Executable);
        Process process = _system.Prepare(["/tmp/signals"], "", "/", null, out Errno failure);
        Assert.Equal(Errno.None, failure);
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        process.Descriptors.Set(0, reader);
        process.RunInline();
        writer.Release();
        Assert.Equal("at once 10\nin a loop 14\nread -1 EINTR, 3 calls\n", _system.Read("/tmp/.out"));
        Assert.Equal(9, process.ExitStatus.ShellStatus);
    }

    [Fact]
    public void A_module_larger_than_the_memory_limit_is_out_of_memory()
    {
        var small = new TestSystem(new KernelOptions { MaxMemoryBytes = 1 << 16 });
        (int status, _, _) = small.Run(["true"]);
        Assert.Equal(137, status);
    }
}
