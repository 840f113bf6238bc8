using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Sandboxes;

/// <summary>A sandbox used as a container is: a main process, commands beside it, listeners, figures; and what such a use expects inside.</summary>
public sealed class ContainerUseTests
{
    private const string Commands =
        "base64 basename chmod chown date dirname env hostname id ln md5sum mktemp pwd readlink seq sha256sum stat tee touch uname which "
        + "ash awk cat cp cut diff dig echo false find free grep gunzip gzip head ionice kill killall logname ls mkdir mv nc nice nohup nproc "
        + "pgrep pidof pkill printf ps renice rm rmdir sed setsid sh sleep sort ss start-stop-daemon tail tar taskset test time timeout top tr "
        + "true uniq uptime users w watch wc wget who whoami xargs";

    [Fact]
    public void Every_usual_command_is_a_file_that_can_be_executed()
    {
        using Sandbox sandbox = Sandbox.Create();
        SandboxResult result = sandbox.RunShell($"for c in {Commands}; do f=$(which $c) && test -x \"$f\" && test -f \"$f\" || echo missing $c; done; which no-such-command || echo none");
        Assert.Equal(("none\n", ""), (result.Stdout, result.Stderr));
    }

    [Theory]
    [InlineData("printf hello | base64; printf aGVsbG8= | base64 -d", "aGVsbG8=\nhello")]
    [InlineData("basename /a/b.txt .txt; dirname /a/b.txt; seq -s, 3", "b\n/a\n1,2,3\n")]
    [InlineData("printf abc | md5sum; printf abc | sha256sum | cut -c1-16", "900150983cd24fb0d6963f7d28e17f72  -\nba7816bf8f01cfea\n")]
    [InlineData("echo x | tee a b; cat a b; ln -s a c; readlink c; ln a d; stat -c %h a", "x\nx\nx\na\n2\n")]
    [InlineData("f=$(mktemp); test -f \"$f\" && echo made; d=$(mktemp -d); test -d \"$d\" && echo made", "made\nmade\n")]
    [InlineData("env -i A=1 env; A=2 env | grep ^A=; hostname; uname; id -u; whoami; logname", "A=1\nA=2\nsandbox\nLinux\n0\nroot\nroot\n")]
    [InlineData("date -u -d @86400 +%Y-%m-%dT%H:%M:%S; touch -d @0 t; stat -c %Y t", "1970-01-02T00:00:00\n0\n")]
    [InlineData("seq 20 | awk '{ s += $1 } END { print s }'; printf 'b\\na\\nb\\n' | sort | uniq -c | tr -s ' ' | cut -d' ' -f2-", "210\n1 a\n2 b\n")]
    [InlineData("mkdir -p p/q; echo 1 > p/q/f; tar cf - p | (mkdir r; cd r; tar xf -); diff -r p r/p && echo same; find r -type f", "same\nr/p/q/f\n")]
    [InlineData("seq 1000 | gzip | gunzip | tail -n 1; head -c 3 /etc/passwd; echo; wc -l < /etc/shells | tr -d ' ' | sed 's/[1-9]/some/'", "1000\nroo\nsome\n")]
    public void They_do_their_work(string script, string output)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { WorkingDirectory = "/w" });
        SandboxResult result = sandbox.RunShell(script);
        Assert.Equal((0, output, ""), (result.ExitCode, result.Stdout, result.Stderr));
    }

    [Fact]
    public void The_root_looks_like_a_small_distributions()
    {
        using Sandbox sandbox = Sandbox.Create();
        SandboxResult result = sandbox.RunShell("for d in bin dev etc home proc root tmp usr var; do test -d /$d || echo no /$d; done; stat -c '%a %U' /tmp /root /etc/passwd; . /etc/os-release; test -n \"$NAME\" && echo named");
        Assert.Equal("1777 root\n700 root\n644 root\nnamed\n", result.Stdout);
    }

    [Theory]
    [InlineData("seq 3 | xargs -n1 sh -c 'echo got $0'; find /etc -name hostname -exec cat {} +; awk 'BEGIN { system(\"echo from awk\"); \"echo piped\" | getline x; print x }'", "got 1\ngot 2\ngot 3\nsandbox\nfrom awk\npiped\n")]
    [InlineData("a=(one two); a+=(three); echo ${#a[@]} ${a[-1]}; [[ ${a[0]} == o* && ! -e /none ]] && echo matches; cat <(echo substituted)", "3 three\nmatches\nsubstituted\n")]
    [InlineData("echo secret > f; chmod 640 f; stat -c %a f; chown 1000:50 f; stat -c %u:%g f; ls -ln f | cut -c1-10", "640\n1000:50\n-rw-r-----\n")]
    [InlineData("echo 1 > log; tail -f log > seen & echo 2 >> log; until grep -q 2 seen; do sleep 0.01; done; echo 3 >> log; until grep -q 3 seen; do sleep 0.01; done; kill $!; cat seen; echo done", "1\n2\n3\ndone\n")]
    [InlineData("(sleep 100; echo never) & p=$!; kill $p; wait $p; echo $?; sleep 0.01 & wait; echo waited", "143\nwaited\n")]
    public void What_a_shell_of_applets_alone_could_not_do(string script, string output)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { WorkingDirectory = "/w" });
        Assert.Equal(output, sandbox.RunShell(script, new SandboxRunOptions { Timeout = TimeSpan.FromMinutes(1) }).Stdout);
    }

    [Theory]
    [InlineData("wget http://example.com/", 4)]
    [InlineData("nc example.com 80", 1)]
    [InlineData("dig example.com", 9)]
    public void There_is_no_network_and_the_tools_say_so(string script, int status)
    {
        using Sandbox sandbox = Sandbox.Create();
        SandboxResult result = sandbox.RunShell(script);
        Assert.Equal(status, result.ExitCode);
        Assert.Contains("network", result.Stderr, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_volume_is_seen_by_the_main_process_and_by_commands_beside_it()
    {
        string folder = Directory.CreateTempSubdirectory("pssandbox-volume-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "given"), "1");
            using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Mounts = [new(folder, "/workspace", MountAccess.ReadWrite)] });
            Assert.Equal("given\n", sandbox.Run(["ls", "/workspace"]).Stdout);
            using SandboxProcess main = sandbox.StartShell("until test -e /workspace/go; do sleep 0.01; done; echo made > /workspace/out"u8);
            sandbox.Run(["touch", "go"], new SandboxRunOptions { WorkingDirectory = "/workspace" });
            Assert.Equal(0, main.Wait().ExitCode);
            Assert.Equal("made\n", File.ReadAllText(Path.Combine(folder, "out")));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void Several_listeners_each_get_all_and_one_that_leaves_disturbs_nobody()
    {
        using Sandbox sandbox = Sandbox.Create();
        using SandboxProcess process = sandbox.StartShell("until test -e /tmp/go; do sleep 0.01; done; for i in 1 2 3 4 5; do echo $i; done"u8);
        string[] heard = new string[3];
        Thread[] listeners = [.. Enumerable.Range(0, heard.Length).Select(i => new Thread(() => heard[i] = Listen(process, i == 2 ? 1 : int.MaxValue)))];
        foreach (Thread listener in listeners)
            listener.Start();
        sandbox.Run(["touch", "/tmp/go"]);
        foreach (Thread listener in listeners)
            listener.Join();
        Assert.Equal(0, process.Wait().ExitCode);
        Assert.Equal("1\n2\n3\n4\n5\n", heard[0]);
        Assert.Equal(heard[0], heard[1]);
        Assert.StartsWith("1\n", heard[2], StringComparison.Ordinal);

        // Who comes late hears what was said before.
        Assert.Equal(heard[0], Listen(process, int.MaxValue));
    }

    [Fact]
    public void Figures_and_processes_are_told_outside_and_inside_alike()
    {
        using Sandbox sandbox = Sandbox.Create();
        using SandboxProcess main = sandbox.Start(["tail", "-f", "/dev/null"]);
        using SandboxProcess busy = sandbox.StartShell("while :; do :; done"u8);
        Assert.True(
            SpinWait.SpinUntil(() => sandbox.GetStatistics() is { CpuTime.Ticks: > 0, MemoryBytes: > 0 }, TimeSpan.FromSeconds(60)),
            "two processes take no time or no memory");
        Assert.Equal(2, sandbox.GetStatistics().ProcessCount);
        Assert.Equal([main.Id, busy.Id], sandbox.GetProcesses().Select(p => p.Id).Order());
        string top = sandbox.Run(["top", "-b", "-n", "1"]).Stdout;
        Assert.Contains("tail -f /dev/null", top, StringComparison.Ordinal);
        Assert.Contains("%CPU", top, StringComparison.Ordinal);
        Assert.Equal($"{main.Id}\n", sandbox.RunShell("pgrep -x tail").Stdout);
        Assert.Equal(0, sandbox.RunShell($"kill {busy.Id}").ExitCode);
        Assert.Equal(143, busy.Wait().ExitCode);
    }

    [Fact]
    public void A_signal_is_not_lost_while_a_command_begins()
    {
        using Sandbox sandbox = Sandbox.Create();
        string script = "for i in {1..300}; do (sleep 1000; :) & kill $!; wait $!; [ $? = 143 ] || echo bad; kill -9 $(pgrep -x sleep); done 2> /dev/null; echo done";
        Assert.Equal("done\n", sandbox.RunShell(script, new SandboxRunOptions { Timeout = TimeSpan.FromMinutes(2) }).Stdout);
    }

    [Fact]
    public void Closing_ends_the_main_process_and_refuses_more()
    {
        SandboxProcess main;
        Sandbox sandbox = Sandbox.Create();
        using (sandbox)
        {
            main = sandbox.Start(["tail", "-f", "/dev/null"]);
            Assert.False(main.HasExited);
        }

        using (main)
            Assert.Equal(137, main.Wait().ExitCode);
        Assert.ThrowsAny<Exception>(() => sandbox.Run(["true"]));
    }

    private static string Listen(SandboxProcess process, int pieces)
    {
        var text = new StringBuilder();
        long position = 0;
        while (pieces-- > 0 && process.Output!.TryRead(ref position, out SandboxOutput output, out _, TimeSpan.FromSeconds(60)))
            text.Append(Encoding.UTF8.GetString(output.Bytes.Span));
        return text.ToString();
    }
}
