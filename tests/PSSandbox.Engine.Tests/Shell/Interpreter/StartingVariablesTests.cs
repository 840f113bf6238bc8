using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Shell.Interpreter;

/// <summary>Shells that begin alike share what they begin with, and nobody notices.</summary>
public sealed class StartingVariablesTests
{
    [Theory]
    [InlineData("bash")]
    [InlineData("sh")]
    [InlineData("dash")]
    public void What_one_shell_changes_no_other_sees(string shell)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions());
        var options = new SandboxRunOptions { Shell = shell };
        const string show = "set | grep -v '^_=\\|RANDOM\\|^EPOCH\\|^BASHPID\\|^SECONDS'; env; echo \"$@\"; ";
        string first = Run(sandbox, show, options);
        Assert.Contains("HOME=/root\n", first);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(first, Run(sandbox, show, options));
            Assert.Equal("x|/x|2|sub\n", Run(sandbox, "HOME=/x; new=1; export new; IFS=:; PATH=$PATH:/y; unset USER; cd /tmp; OPTIND=7; PS4='> '; (echo \"x|$HOME|$((new + 1))|sub\")", options));
        }
    }

    [Fact]
    public void Shells_of_another_user_or_host_or_environment_begin_otherwise()
    {
        const string show = "echo $UID $HOSTNAME $PPID $HOME $x $SHLVL";
        using Sandbox one = Sandbox.Create(new SandboxOptions { HostName = "one" });
        using Sandbox two = Sandbox.Create(new SandboxOptions { HostName = "two", UserId = 1000 });
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal("0 one 1 /root 1\n", Run(one, show));
            Assert.Equal("0 one 1 /root in 1\n", Run(one, show, new SandboxRunOptions { Environment = new Dictionary<string, string> { ["x"] = "in" } }));
            Assert.StartsWith("1000 two 1 ", Run(two, show));
            Assert.Equal("2\n3\n", Run(one, "bash -c 'echo $SHLVL; bash -c \"echo \\$SHLVL\"'"));
        }

        Assert.Equal("other\n", Run(one, "hostname other; unset HOSTNAME; bash -c 'echo $HOSTNAME'"));
    }

    [Fact]
    public void Shells_on_many_threads_begin_at_once()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions());
        Parallel.For(0, 400, i =>
        {
            string expected = $"{i} /root\n";
            Assert.Equal(expected, Run(sandbox, $"echo {i} $HOME; n={i}; HOME=$n; [ $HOME = {i} ] || echo wrong"));
        });
    }

    private static string Run(Sandbox sandbox, string script, SandboxRunOptions? options = null)
    {
        SandboxResult result = sandbox.RunShell(script, options, TestContext.Current.CancellationToken);
        Assert.Equal("", result.Stderr);
        return result.Stdout;
    }
}
