using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Sandboxes;

/// <summary>What nested calls take of the host's stack is bounded, in one process and in all together, and given back.</summary>
public sealed class NestingTests
{
    // One after the other tells in a file whether it got as deep as four fifths of what one can alone; those that did wait there.
    private const string Deep = """
        mkfifo /tmp/fifo
        exec 3<>/tmp/fifo
        : > /tmp/log
        (m() { if [ -z "$1" ]; then :; else echo $1 > /tmp/depth; m $(($1+1)); fi; }; m 0) 2>/dev/null
        depth=$(($(cat /tmp/depth) * 4 / 5))
        r() { if [ $1 -gt $depth ]; then echo deep >> /tmp/log; read x <&3; else r $(($1+1)); fi; }
        i=0
        while [ $i -lt 20 ]; do
            i=$((i+1))
            { (r 0) 2>/dev/null || echo refused >> /tmp/log; } &
            until [ "$(wc -l < /tmp/log)" -eq $i ]; do sleep 0.01; done
        done
        sort -u /tmp/log
        while [ $i -ge 0 ]; do echo; i=$((i-1)); done >&3
        wait
        r 0
        tail -n 1 /tmp/log
        """;

    [Fact]
    public void Deep_calls_of_many_processes_meet_the_limit_of_the_sandbox()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions());
        SandboxResult result = sandbox.RunShell(Deep, new SandboxRunOptions { Timeout = TimeSpan.FromMinutes(1) });
        Assert.Equal(("deep\nrefused\ndeep\n", 0), (result.Stdout, result.ExitCode));
        Assert.Contains(result.Violations, static v => v is { Kind: "stack", Message: "the limit of 3 MiB of nested calls was reached" });
    }

    [Theory]
    [InlineData("{ ", "; }")]
    [InlineData("if :; then ", "; fi")]
    [InlineData("case x in x) ", ";; esac")]
    [InlineData("for i in 1; do ", "; done")]
    public void Deep_functions_of_deep_commands_are_refused(string open, string close)
    {
        string body = string.Concat(Enumerable.Repeat(open, 30)) + "f" + string.Concat(Enumerable.Repeat(close, 30));
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions());
        SandboxResult result = sandbox.Run(["bash", "-c", $"f() {{ {body}; }}; f; echo not reached"], new SandboxRunOptions { Timeout = TimeSpan.FromMinutes(1) });
        Assert.Equal((1, ""), (result.ExitCode, result.Stdout));
        Assert.Contains("nesting level", result.Stderr, StringComparison.Ordinal);
        Assert.Equal("alive\n", sandbox.RunShell("g() { [ $1 -eq 0 ] || g $(($1-1)); }; g 300; echo alive").Stdout);
    }
}
