using System.Text;
using PSSandbox.Processes;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Sandboxes;

/// <summary>Scripts that want to do harm: each ends by its limit with the documented status, and the host lives on.</summary>
public sealed class HostileScriptTests
{
    private static readonly SandboxLimits Small = new()
    {
        MemoryBytes = 64L << 20,
        StorageBytes = 16L << 20,
        Processes = 64,
        Descriptors = 128,
        OutputBytes = 1 << 20,
    };

    [Fact]
    public void An_endless_loop_ends_at_the_time_limit()
    {
        SandboxResult result = Run("while :; do :; done", timeout: 0.5);
        Assert.Equal((124, true), (result.ExitCode, result.TimedOut));
        Assert.Equal(("time", "the time limit of 0.5 s was reached"), Only(result));
    }

    [Fact]
    public void What_a_killed_substitution_had_gathered_is_given_back()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = Small });
        using SandboxProcess process = sandbox.StartShell("x=$(head -c 3000000 /dev/zero; sleep 1000)"u8.ToArray());
        Assert.True(SpinWait.SpinUntil(() => sandbox.GetStatistics().MemoryBytes >= 3_000_000, TimeSpan.FromMinutes(1)));
        process.Kill();
        process.Wait();

        // The shell ended while its thread was in its child: that thread gives back what it finds.
        Assert.True(SpinWait.SpinUntil(() => sandbox.GetStatistics().MemoryBytes == 0, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void An_endless_loop_ends_at_the_cpu_limit()
    {
        SandboxResult result = Run("while :; do :; done", Small with { CpuTime = TimeSpan.FromSeconds(0.3) });
        Assert.Equal((137, false), (result.ExitCode, result.TimedOut));
        Assert.Equal(("cpu", "the limit of 0.3 s of CPU time was reached"), Only(result));
    }

    [Theory]
    [InlineData("sleep 1000")]
    [InlineData("cat")]
    [InlineData("read x < /tmp/f & wait; mkfifo /tmp/p; cat /tmp/p")]
    [InlineData("awk 'BEGIN { while (1) i++ }'")]
    [InlineData("i=0; while (( i < 10000000000 )); do (( i++ )); done")]
    [InlineData("yes | cat > /dev/null")]
    [InlineData("tail -f /dev/null")]
    [InlineData("trap '' TERM INT HUP; while :; do sleep 100; done")]
    [InlineData("sh -c 'while :; do :; done' & wait")]
    [InlineData("setsid sh -c 'while :; do :; done'; sleep 100")]
    [InlineData("find / -name x > /dev/null; while cat /dev/zero; do :; done > /dev/null")]
    [InlineData("x=$(sleep 1000)")]
    [InlineData("sed ':a;ba' /etc/passwd")]
    [InlineData("trap 'kill -USR1 $$' USR1; kill -USR1 $$; while :; do :; done")]
    [InlineData("read x < /dev/zero")]
    [InlineData("read -r x < /dev/zero")]
    [InlineData("mapfile x < /dev/zero")]
    [InlineData("trap : USR1; (while :; do kill -USR1 $$; done) & read x < /dev/zero")]
    public void Whatever_blocks_or_spins_ends_at_the_time_limit(string script)
    {
        using var input = new NeverEndingStream();
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = Small });
        SandboxResult result = sandbox.RunShell(script, new SandboxRunOptions { Timeout = TimeSpan.FromSeconds(0.5), StandardInput = input });
        Assert.Equal(124, result.ExitCode);
        sandbox.Stop();
        Assert.Empty(sandbox.GetProcesses());
    }

    [Fact]
    public void A_fork_bomb_meets_the_process_limit()
    {
        using (Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = Small }))
        {
            using SandboxProcess bomb = sandbox.StartShell(":(){ :|:& };:; sleep 1000"u8);
            while (!sandbox.Violations.Any(v => v.Kind == "processes"))
                Thread.Sleep(5);
            Assert.True(sandbox.GetProcesses().Count <= Small.Processes);
        }

        AssertHostWorks();
    }

    [Theory]
    [InlineData("yes > /tmp/x")]
    [InlineData("dd if=/dev/zero of=/tmp/x bs=64k")]
    [InlineData("i=0; while [ $i -lt 100000 ] && echo 'some text that takes room' >> /tmp/x; do i=$((i+1)); cat /tmp/x >> /tmp/y || exit; done")]
    public void Filling_the_disk_meets_the_storage_limit(string script)
    {
        SandboxResult result = Run(script, timeout: 60);
        Assert.NotEqual(0, result.ExitCode);
        Assert.False(result.TimedOut);
        Assert.Contains("No space left on device", result.Stderr, StringComparison.Ordinal);
        Assert.Contains(result.Violations, v => v is { Kind: "storage", Message: "the limit of 16 MiB on the bytes of the sandbox's files was reached" });
    }

    [Fact]
    public void Removing_files_gives_their_room_back()
    {
        SandboxResult result = Run("dd if=/dev/zero of=/tmp/x bs=64k 2>/dev/null; rm /tmp/x; dd if=/dev/zero of=/tmp/y bs=64k count=100 2>/dev/null && stat -c %s /tmp/y", timeout: 60);
        Assert.Equal((0, "6553600\n"), (result.ExitCode, result.Stdout));
    }

    [Fact]
    public void Making_files_without_end_meets_the_inode_limit()
    {
        SandboxResult result = Run("i=0; while : > /tmp/f$i; do i=$((i+1)); done; echo stopped", Small with { Inodes = 2000 }, timeout: 60);
        Assert.Contains("stopped", result.Stdout, StringComparison.Ordinal);
        Assert.Equal(("storage", "the limit of 2000 on the number of the sandbox's files was reached"), Only(result));
    }

    [Fact]
    public void Each_result_has_its_violations_also_when_they_are_the_same_again()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = Small });
        for (int i = 0; i < 2; i++)
            Assert.Equal("storage", Only(sandbox.RunShell("head -c 20M /dev/zero > /tmp/x; head -c 20M /dev/zero > /tmp/y")).Kind);
        Assert.Empty(sandbox.RunShell("rm /tmp/x /tmp/y").Violations);
        Assert.Equal(2, sandbox.Violations.Count);
    }

    [Theory]
    [InlineData("a=x; while :; do a=$a$a; done")]
    [InlineData("a=(x); while :; do a+=(\"${a[@]}\"); done")]
    [InlineData("a=$(cat /dev/zero | tr '\\0' x)")]
    [InlineData("printf -v x '%1000000000d' 1; printf -v y '%1000000000d' 1")]
    [InlineData("x=$(printf '%s' {1..100000000})")]
    [InlineData("printf -v v %9000000d 1; printf -v r %100000d 1; r=${r// /\"&\"}; : ${v/#*/$r}")]
    [InlineData("sort /dev/zero")]
    [InlineData("yes | tr -d '\\n' | { read x; }")]
    [InlineData("yes | tr -d '\\n' | { read -r x; }")]
    [InlineData("yes | { mapfile x; }")]
    [InlineData("yes | tr -d '\\n' | { mapfile x; }")]
    public void Memory_without_end_meets_the_memory_limit(string script)
    {
        SandboxResult result = Run(script, timeout: 60);
        Assert.False(result.TimedOut);
        Assert.NotEqual(0, result.ExitCode);
        AssertHostWorks();
    }

    [Fact]
    public void Doubling_a_variable_is_killed()
    {
        SandboxResult result = Run("a=x; while :; do a=$a$a; done; echo survived", timeout: 60);
        Assert.Equal((137, ""), (result.ExitCode, result.Stdout));
        Assert.Contains(result.Violations, v => v is { Kind: "memory", Message: "the limit of 64 MiB of memory was reached" });
    }

    [Fact]
    public void Division_by_zero_is_an_error_of_the_script()
    {
        SandboxResult result = Run(": $((1/0)); echo after");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("division by 0", result.Stderr, StringComparison.Ordinal);
        Assert.Equal(0, Run("echo $((-9223372036854775807 - 1)); : $(( (-9223372036854775807 - 1) / -1 )) $(( (-9223372036854775807 - 1) % -1 ))").ExitCode);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("$(")]
    [InlineData("{ ")]
    [InlineData("$((")]
    [InlineData("${a:-")]
    [InlineData("if ")]
    [InlineData("a=(")]
    public void Deep_nesting_is_refused(string open)
    {
        var script = new StringBuilder();
        for (int i = 0; i < 100_000; i++)
            script.Append(open);
        SandboxResult result = Run(script.ToString(), timeout: 60);
        Assert.Equal(2, result.ExitCode);
        AssertHostWorks();
    }

    [Fact]
    public void Closed_deep_nesting_is_refused_too() =>
        Assert.Equal(2, Run(new string('(', 100_000) + ":" + new string(')', 100_000), timeout: 60).ExitCode);

    [Fact]
    public void A_line_of_fifty_megabytes_is_taken()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = Small with { MemoryBytes = 1L << 30 } });
        byte[] script = Encoding.ASCII.GetBytes("echo begin; : " + new string('x', 50_000_000) + "; echo end\n");
        SandboxResult result = sandbox.StartShell(script, new SandboxRunOptions { Timeout = TimeSpan.FromMinutes(1) }).Wait();
        Assert.Equal((0, "begin\nend\n"), (result.ExitCode, result.Stdout));
    }

    [Fact]
    public void Descriptors_without_end_meet_their_limit()
    {
        Assert.Equal("128\n", Run("i=3; while eval \"exec $i>/dev/null\"; do i=$((i+1)); done; echo $i").Stdout);
        Assert.Equal("127\n", Run("while exec {fd}>/dev/null; do n=$fd; done; echo $n").Stdout);
        AssertHostWorks();
    }

    [Theory]
    [InlineData("f() { f; }; f")]
    [InlineData("set -o pipefail; f() { f | cat; }; f")]
    [InlineData("f() { ( f ); }; f")]
    [InlineData("f() { x=$(f); }; f")]
    [InlineData("f() { eval f; }; f")]
    [InlineData("a=a; echo $((a))")]
    [InlineData("echo '. /tmp/s' > /tmp/s; . /tmp/s")]
    [InlineData("printf '#!/tmp/s\\n' > /tmp/s; chmod +x /tmp/s; /tmp/s")]
    [InlineData("echo '/tmp/t' > /tmp/t; chmod +x /tmp/t; /tmp/t")]
    [InlineData("alias a='a b'; a")]
    [InlineData("declare -n x=y y=x; echo $x; false")]
    [InlineData("awk 'function f(n) { return f(n + 1) } BEGIN { f(0) }'")]
    public void Deep_recursion_ends_in_an_error(string script)
    {
        SandboxResult result = Run(script, timeout: 20);
        Assert.NotEqual(0, result.ExitCode);
        AssertHostWorks();
    }

    [Fact]
    public void A_gigabyte_flows_through_a_pipe()
    {
        SandboxResult result = Run("cat /dev/zero | head -c 1G | wc -c", timeout: 120);
        Assert.Equal("1073741824\n", result.Stdout.TrimStart());
    }

    [Fact]
    public void Output_without_end_is_cut_and_said_so()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = Small });
        SandboxResult result = sandbox.RunShell("head -c 3000000 /dev/zero", new SandboxRunOptions { Timeout = TimeSpan.FromMinutes(1) });
        Assert.Equal((0, true, 1 << 20), (result.ExitCode, result.OutputTruncated, result.StdoutBytes.Length));
        Assert.Equal(("output", "the limit of 1 MiB on the output of one run was reached"), Only(result));
    }

    [Fact]
    public void Memory_is_given_back()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = Small });
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(137, sandbox.RunShell("a=x; while :; do a=$a$a; done").ExitCode);
            Assert.True(sandbox.GetStatistics().MemoryBytes < 1 << 20, $"{sandbox.GetStatistics().MemoryBytes} bytes are still charged");
        }

        Assert.Equal("fine\n", sandbox.RunShell("echo fine").Stdout);
    }

    [Fact]
    public void A_cancelled_run_ends()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = Small });
        using var cancellation = new CancellationTokenSource();
        var options = new SandboxRunOptions { OnOutput = _ => cancellation.Cancel() };
        SandboxResult result = sandbox.RunShell("echo begun; while :; do :; done", options, cancellation.Token);
        Assert.Equal((137, true, "begun\n"), (result.ExitCode, result.Canceled, result.Stdout));
    }

    private static SandboxResult Run(string script, SandboxLimits? limits = null, double timeout = 30)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = limits ?? Small });
        return sandbox.RunShell(script, new SandboxRunOptions { Timeout = TimeSpan.FromSeconds(timeout) });
    }

    private static (string Kind, string Message) Only(SandboxResult result)
    {
        Violation violation = Assert.Single(result.Violations);
        return (violation.Kind, violation.Message);
    }

    private static void AssertHostWorks()
    {
        using Sandbox sandbox = Sandbox.Create();
        Assert.Equal("alive\n", sandbox.RunShell("echo alive | cat").Stdout);
    }

    /// <summary>A standard input that never says anything and never ends.</summary>
    private sealed class NeverEndingStream : Stream
    {
        private readonly ManualResetEventSlim _closed = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            _closed.Wait();
            return 0;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _closed.Set();
            base.Dispose(disposing);
        }
    }
}
