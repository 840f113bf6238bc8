using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Shell.Interpreter;

/// <summary>Where commands come from, interactive use, limits: what comparing with another shell cannot show.</summary>
public sealed class ShellProgramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("sh")]
    [InlineData("ash")]
    [InlineData("dash")]
    [InlineData("bash")]
    public void Commands_from_standard_input_leave_the_following_lines_to_what_they_run(string shell)
    {
        SandboxResult result = Run([shell], "read x\ndata line\necho \"got $x\"\ncat\nrest\nof it\n");
        Assert.Equal("got data line\nrest\nof it\n", result.Stdout);
    }

    [Fact]
    public void Commands_from_a_pipe_leave_the_following_lines_too()
    {
        SandboxResult result = Run(["bash", "-c", "printf 'read x\\nhello\\necho \"<$x>\"\\n' | sh"]);
        Assert.Equal("<hello>\n", result.Stdout);
    }

    [Fact]
    public void An_interactive_shell_prompts_and_survives_errors()
    {
        SandboxResult result = Run(["bash", "--norc", "-i"], "PS1='1> ' PS2='2> '\nfi\necho $?\n${x?bad}\nfor i in 1; do\necho $i\ndone\nexit 3\n");
        Assert.Equal("2\n1\n", result.Stdout);
        Assert.Contains("1> ", result.Stderr);
        Assert.Contains("2> ", result.Stderr);
        Assert.Contains("unexpected token `fi'", result.Stderr);
        Assert.Contains("x: bad", result.Stderr);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void A_syntax_error_names_line_column_and_what_was_expected()
    {
        SandboxResult result = Run(["bash", "-c", "echo one\necho two; if true; done"]);
        Assert.Equal("one\n", result.Stdout);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("line 2", result.Stderr);
        Assert.Contains("column 20", result.Stderr);
        Assert.Contains("expected", result.Stderr);
    }

    [Fact]
    public void A_login_shell_reads_the_profile()
    {
        SandboxResult result = Run(["bash", "-c", "echo 'P=profile' > $HOME/.profile; sh -lc 'echo $P'; bash -lc 'echo $P'; sh -c 'echo [$P]'"]);
        Assert.Equal("profile\nprofile\n[]\n", result.Stdout);
    }

    [Theory]
    [InlineData("f() { f; }; f", 1, "nesting level exceeded")]
    [InlineData("f() { eval f; }; f", 1, "nesting level exceeded")]
    [InlineData("echo '. ./s' > s; . ./s", 1, "nesting level exceeded")]
    [InlineData("a=x; while :; do a=$a$a; done", 137, "out of memory")]
    [InlineData("x=$(while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done)", 137, "")]
    [InlineData("kill -9 $$", 137, "")]
    [InlineData("while :; do :; done", 124, "")]
    [InlineData("for ((;;)); do x=$((x+1)); done", 124, "")]
    [InlineData("f() { while read -r x; do :; done; }; yes | f", 124, "")]
    public void What_has_no_end_ends_by_a_limit(string script, int status, string message)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = new SandboxLimits { MemoryBytes = 64 << 20 } });
        var options = new SandboxRunOptions { Timeout = status == 124 ? TimeSpan.FromMilliseconds(300) : Patience };
        SandboxResult result = sandbox.Run(["bash", "-c", script], options, TestContext.Current.CancellationToken);
        Assert.Equal(status, result.ExitCode);
        Assert.Contains(message, result.Stderr);
        Assert.Equal("alive\n", sandbox.RunShell("echo alive", cancellation: TestContext.Current.CancellationToken).Stdout);
    }

    [Fact]
    public void A_fork_bomb_meets_the_limit_of_processes()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Limits = new SandboxLimits { Processes = 64 } });
        SandboxResult result = sandbox.Run(["bash", "-c", ":(){ :|:& };:; wait; echo end"], new SandboxRunOptions { Timeout = Patience }, TestContext.Current.CancellationToken);
        Assert.Equal("end\n", result.Stdout);

        // What the bomb started outlives the shell and goes on until the limit stops it.
        while (!sandbox.Violations.Any(v => v.Kind == "processes"))
            Thread.Sleep(5);
    }

    [Fact]
    public void Stages_of_a_pipeline_run_at_the_same_time_when_one_waits()
    {
        SandboxResult result = Run(["bash", "-c", "(echo a; until [ -e seen ]; do sleep 0.01; done; echo b) | while read -r x; do echo \"got $x\"; : > seen; done"]);
        Assert.Equal("got a\ngot b\n", result.Stdout);
    }

    [Fact]
    public void Job_control_stops_and_continues()
    {
        SandboxResult result = Run(["bash", "-c", "set -m; sleep 500 & kill -STOP %1; until [[ $(jobs) == *Stopped* ]]; do sleep 0.01; done; jobs; kill -CONT %1; until [[ $(jobs) == *Running* ]]; do sleep 0.01; done; jobs; kill %1; wait %1; echo $?"]);
        Assert.Equal("[1]+  Stopped                 sleep 500\n[1]+  Running                 sleep 500 &\n143\n", result.Stdout);
    }

    [Fact]
    public void What_a_substitution_left_in_the_background_is_waited_for()
    {
        SandboxResult result = Run(["bash", "-c", "x=$( (until [ -e go ]; do sleep 0.01; done; echo late) & echo early; : > go); echo $x"]);
        Assert.Equal("early late\n", result.Stdout);
    }

    [Theory]
    [InlineData("dash", "a\tb\n", "a\tb")]
    [InlineData("sh", "a\\tb\na\tb\n", null)]
    [InlineData("bash", "a\\tb\na\tb\n", null)]
    public void Echo_follows_the_shell_whose_name_it_bears(string shell, string expected, string? only)
    {
        string script = only is null ? @"echo 'a\tb'; echo -e 'a\tb'" : @"echo 'a\tb'";
        Assert.Equal(expected, Run([shell, "-c", script]).Stdout);
    }

    private static SandboxResult Run(string[] arguments, string input = "")
    {
        using Sandbox sandbox = Sandbox.Create();
        var options = new SandboxRunOptions { StandardInput = new MemoryStream(Encoding.Latin1.GetBytes(input)), Timeout = Patience };
        return sandbox.Run(arguments, options, TestContext.Current.CancellationToken);
    }
}
