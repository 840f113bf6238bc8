using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Sandboxes;

/// <summary>A sandbox from its host's side: commands, streams, files, mounts, life.</summary>
public sealed class SandboxTests
{
    [Fact]
    public void A_pipe_a_redirection_and_a_list()
    {
        using Sandbox sandbox = Sandbox.Create();
        SandboxResult result = sandbox.RunShell("echo \"hello world\" | grep -o hello > /tmp/out.txt && cat /tmp/out.txt");
        Assert.Equal((0, "hello\n", ""), (result.ExitCode, result.Stdout, result.Stderr));
        Assert.Equal("hello\n"u8.ToArray(), sandbox.ReadFile("/tmp/out.txt"));
    }

    [Theory]
    [InlineData("echo", "hello", "hello\n")]
    [InlineData("cat", "/etc/hostname", "sandbox\n")]
    [InlineData("printf", "%s", "")]
    public void A_program_runs_without_a_shell(string program, string argument, string output)
    {
        using Sandbox sandbox = Sandbox.Create();
        SandboxResult result = sandbox.Run([program, argument]);
        Assert.Equal((0, output), (result.ExitCode, result.Stdout));
    }

    [Theory]
    [InlineData("no-such-program", 127)]
    [InlineData("/etc/passwd", 126)]
    [InlineData("/nowhere/prog", 127)]
    public void What_cannot_run_says_so(string program, int status)
    {
        using Sandbox sandbox = Sandbox.Create();
        SandboxResult result = sandbox.Run([program]);
        Assert.Equal(status, result.ExitCode);
        Assert.Contains(program, result.Stderr, StringComparison.Ordinal);
        Assert.Equal(status, sandbox.RunShell(program).ExitCode);
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("exit 256", 0)]
    [InlineData("false", 1)]
    [InlineData("kill -TERM $$", 143)]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("if", 2)]
    [InlineData("echo $(", 2)]
    [InlineData("sh -c 'exit 9'", 9)]
    [InlineData("timeout 0.1 sleep 10", 124)]
    public void The_exit_status_is_the_scripts(string script, int status)
    {
        using Sandbox sandbox = Sandbox.Create();
        Assert.Equal(status, sandbox.RunShell(script).ExitCode);
    }

    [Fact]
    public void Streams_keep_their_order()
    {
        using Sandbox sandbox = Sandbox.Create();
        SandboxResult result = sandbox.RunShell("echo 1; echo 2 >&2; cat /etc/hostname; echo 3 >&2; echo 4");
        Assert.Equal("1\nsandbox\n4\n", result.Stdout);
        Assert.Equal("2\n3\n", result.Stderr);
        Assert.Equal("1\n2\nsandbox\n3\n4\n", result.Combined);
    }

    [Fact]
    public void Input_arguments_and_environment_reach_the_script()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Environment = new Dictionary<string, string> { ["A"] = "from the sandbox", ["B"] = "b" } });
        var options = new SandboxRunOptions
        {
            StandardInput = new MemoryStream("line 1\nline 2\n"u8.ToArray()),
            Environment = new Dictionary<string, string> { ["B"] = "from the run, ü" },
            Arguments = ["one", "two words"],
            ScriptName = "prog",
            WorkingDirectory = "/tmp",
        };
        SandboxResult result = sandbox.RunShell("echo \"$A|$B|$0|$#|$2|$PWD\"; cat; env | grep ^B=", options);
        Assert.Equal("from the sandbox|from the run, ü|prog|2|two words|/tmp\nline 1\nline 2\nB=from the run, ü\n", result.Stdout);
    }

    [Fact]
    public void Nothing_of_the_host_leaks_in()
    {
        Environment.SetEnvironmentVariable("PSSANDBOX_TEST_SECRET", "secret");
        using Sandbox sandbox = Sandbox.Create();
        string text = sandbox.RunShell("env; set; id; hostname; date +%Z; cat /proc/*/environ /proc/mounts /proc/version /proc/cpuinfo; ls -la /").Stdout;
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Equal("sandbox\n", sandbox.RunShell("cat /etc/hostname").Stdout);
        // A machine may be called what is in every sandbox, as "root" or "linux" is: then its name says nothing.
        if (Environment.MachineName.Any(char.IsAsciiDigit) || Environment.MachineName.Contains('-', StringComparison.Ordinal))
            Assert.DoesNotContain(Environment.MachineName, text, StringComparison.Ordinal);
        Assert.DoesNotContain(AppContext.BaseDirectory, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_is_followed_while_it_comes()
    {
        using Sandbox sandbox = Sandbox.Create();
        using SandboxProcess process = sandbox.StartShell("for i in 1 2 3; do echo line $i; sleep 0.05; done; echo end >&2"u8);
        var text = new StringBuilder();
        long position = 0;
        while (process.Output!.TryRead(ref position, out SandboxOutput output, out long missed, TimeSpan.FromSeconds(60)))
        {
            Assert.Equal(0, missed);
            text.Append(Encoding.UTF8.GetString(output.Bytes.Span));
        }

        Assert.Equal("line 1\nline 2\nline 3\nend\n", text.ToString());
        Assert.Equal(0, process.Wait().ExitCode);
    }

    [Fact]
    public void A_long_running_process_with_commands_beside_it()
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { WorkingDirectory = "/workspace" });
        using SandboxProcess main = sandbox.Start(["tail", "-f", "/dev/null"]);
        SandboxResult exec = sandbox.Run(["sh", "-c", "echo hi; pwd; ps | grep -c '[t]ail -f'"]);
        Assert.Equal("hi\n/workspace\n1\n", exec.Stdout);
        SandboxProcessInfo info = Assert.Single(sandbox.GetProcesses());
        Assert.Equal((main.Id, "tail -f /dev/null"), (info.Id, info.CommandLine));
        Assert.Equal(1, sandbox.GetStatistics().ProcessCount);
        Assert.True(SpinWait.SpinUntil(() => sandbox.GetStatistics().MemoryBytes > 0, TimeSpan.FromSeconds(60)), "tail takes no memory");
        Assert.False(main.HasExited);
        main.Signal(15);
        Assert.Equal(143, main.Wait().ExitCode);
        Assert.Empty(sandbox.GetProcesses());
    }

    [Fact]
    public void Stopping_ends_everything()
    {
        using Sandbox sandbox = Sandbox.Create();
        using SandboxProcess process = sandbox.StartShell("sleep 1000 & sleep 1000 & wait"u8);
        sandbox.RunShell("while [ $(ps | grep -c '[s]leep 1000') -lt 2 ]; do sleep 0.01; done");
        sandbox.Stop();
        Assert.Equal(SandboxStatus.Stopped, sandbox.Status);
        Assert.Empty(sandbox.GetProcesses());
        Assert.Equal(137, process.Wait().ExitCode);
        SandboxException refused = Assert.Throws<SandboxException>(() => sandbox.RunShell(":"));
        Assert.Equal(SandboxErrorCode.SandboxNotRunning, refused.Code);
    }

    [Fact]
    public void A_suspended_sandbox_stands_still()
    {
        using Sandbox sandbox = Sandbox.Create();
        using SandboxProcess process = sandbox.StartShell("i=0; while :; do i=$((i+1)); echo $i; sleep 0.01; done"u8);
        long position = 0;
        Assert.True(process.Output!.TryRead(ref position, out _, out _, TimeSpan.FromSeconds(60)));
        sandbox.Suspend();
        Assert.Equal(SandboxStatus.Paused, sandbox.Status);
        while (sandbox.GetProcesses().Any(p => p.State is "Running" or "Sleeping"))
            Thread.Sleep(5);
        long still = process.Output.TotalBytes;
        Thread.Sleep(100);
        Assert.Equal(still, process.Output.TotalBytes);
        sandbox.Resume();
        position = still;
        Assert.True(process.Output.TryRead(ref position, out _, out _, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Host_folders_are_mounted()
    {
        string folder = Directory.CreateTempSubdirectory("pssandbox-mount-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "file.txt"), "from the host\n");
            using Sandbox sandbox = Sandbox.Create(new SandboxOptions
            {
                Mounts = [new(folder, "/ro"), new(folder, "/rw", MountAccess.ReadWrite), new(folder, "/cow", MountAccess.CopyOnWrite)],
            });
            Assert.Equal("from the host\n", sandbox.RunShell("cat /ro/file.txt").Stdout);
            Assert.NotEqual(0, sandbox.RunShell("echo x > /ro/new").ExitCode);
            Assert.Equal(0, sandbox.RunShell("echo inside > /rw/new && echo changed > /cow/file.txt && cat /cow/file.txt").ExitCode);
            Assert.Equal("inside\n", File.ReadAllText(Path.Combine(folder, "new")));
            Assert.Equal("from the host\n", File.ReadAllText(Path.Combine(folder, "file.txt")));
            Assert.Equal("changed\n", sandbox.RunShell("cat /cow/file.txt").Stdout);
            Assert.NotEqual(0, sandbox.RunShell("ln -s / /rw/out; cat /rw/out" + Path.Combine(folder, "file.txt")).ExitCode);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Theory]
    [InlineData("/no/such/folder", "/x")]
    [InlineData("/", "relative")]
    public void A_mount_that_cannot_be_is_refused(string host, string path)
    {
        SandboxException refused = Assert.Throws<SandboxException>(() => Sandbox.Create(new SandboxOptions { Mounts = [new(host, path)] }));
        Assert.Equal(SandboxErrorCode.MountFailed, refused.Code);
    }

    [Fact]
    public void Files_are_read_written_listed_and_removed_from_the_host()
    {
        using Sandbox sandbox = Sandbox.Create();
        sandbox.WriteFile("/data/sub/ü.txt", "hi"u8, 0x1a0);
        Assert.Equal("-rw-r----- ü.txt\n", sandbox.RunShell("cd /data/sub; ls -l | awk 'NR > 1 { print $1, $NF }'").Stdout);
        SandboxItem item = Assert.Single(sandbox.GetItems("/data/sub"));
        Assert.Equal(("ü.txt", "/data/sub/ü.txt", 2L, "-rw-r-----"), (item.Name, item.FullName, item.Length, item.Permissions));
        sandbox.MoveItem("/data/sub/ü.txt", "/data/b");
        Assert.True(sandbox.ItemExists("/data/b"));
        Assert.Equal(SandboxErrorCode.FileOperationFailed, Assert.Throws<SandboxException>(() => sandbox.RemoveItem("/data")).Code);
        sandbox.RemoveItem("/data", recurse: true);
        Assert.Equal(SandboxErrorCode.FileNotFound, Assert.Throws<SandboxException>(() => sandbox.ReadFile("/data/b")).Code);
    }

    [Fact]
    public void A_copy_has_the_files_and_then_a_life_of_its_own()
    {
        using Sandbox original = Sandbox.Create();
        original.RunShell("echo before > /tmp/f; mkdir /d; echo deep > /d/g");
        using Sandbox copy = original.Fork("twin");
        Assert.Equal("twin", copy.Name);
        original.RunShell("echo after > /tmp/f; rm /d/g");
        Assert.Equal("before\ndeep\n", copy.RunShell("cat /tmp/f /d/g; echo mine > /d/g").Stdout);
        Assert.Equal("after\n", original.RunShell("cat /tmp/f; cat /d/g 2>/dev/null").Stdout);
    }

    [Fact]
    public void Sandboxes_do_not_see_each_other()
    {
        using Sandbox one = Sandbox.Create();
        using Sandbox other = Sandbox.Create();
        one.RunShell("echo mine > /tmp/f; echo changed > /etc/hostname; rm /bin/cat");
        Assert.Equal("sandbox\n", other.RunShell("cat /etc/hostname; cat /tmp/f 2>/dev/null").Stdout);
        Assert.Equal(127, one.RunShell("cat /tmp/f").ExitCode);
    }

    [Fact]
    public void Many_sandboxes_run_at_once()
    {
        string[] outputs = new string[24];
        Parallel.For(0, outputs.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using Sandbox sandbox = Sandbox.Create();
            outputs[i] = sandbox.RunShell($"for i in 1 2 3; do echo {i} | cat | sed 's/^/n/'; done | sort -u").Stdout;
        });
        for (int i = 0; i < outputs.Length; i++)
            Assert.Equal($"n{i}\n", outputs[i]);
    }

    [Fact]
    public void A_stream_that_the_host_closes_is_a_broken_pipe_inside()
    {
        using Sandbox sandbox = Sandbox.Create();
        var shown = new StringBuilder();
        var options = new SandboxRunOptions
        {
            Timeout = TimeSpan.FromSeconds(60),
            OnOutput = output =>
            {
                if (output.Stream == SandboxStream.Output)
                    throw new IOException("closed");
                shown.Append(Encoding.UTF8.GetString(output.Bytes.Span));
            },
        };
        Assert.Equal(141, sandbox.RunShell("yes", options).ExitCode);
        Assert.Equal(3, sandbox.RunShell("(yes); echo still here >&2; exit 3", options).ExitCode);
        Assert.Equal("still here\n", shown.ToString());
    }

    [Fact]
    public void A_callback_that_fails_ends_the_run_and_tells()
    {
        using Sandbox sandbox = Sandbox.Create();
        var options = new SandboxRunOptions { OnOutput = _ => throw new InvalidOperationException("enough"), Timeout = TimeSpan.FromSeconds(60) };
        Assert.Equal("enough", Assert.Throws<InvalidOperationException>(() => sandbox.RunShell("echo x; echo y | cat", options)).Message);
        Assert.Equal("fine\n", sandbox.RunShell("echo fine").Stdout);
    }
}
