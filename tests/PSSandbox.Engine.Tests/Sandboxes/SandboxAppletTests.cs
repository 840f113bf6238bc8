using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Sandboxes;

/// <summary>Applets that need no BusyBox, as other programs start them.</summary>
public sealed class SandboxAppletTests
{
    private static SandboxResult Run(string script, SandboxOptions? options = null)
    {
        using Sandbox sandbox = Sandbox.Create(options ?? new SandboxOptions());
        return sandbox.RunShell(script, new SandboxRunOptions { Timeout = TimeSpan.FromMinutes(2) }, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("seq 3 | xargs -n1 echo -n x", "x 1x 2x 3")]
    [InlineData("cd /tmp; touch a; mkdir b; find . -name '[ab]' -exec test -f {} \\; -print", "./a\n")]
    [InlineData("cd /tmp; echo 1 > a; find . -name a -exec cat {} {} \\;", "1\n1\n")]
    [InlineData("env printf '%s\\n' a b", "a\nb\n")]
    [InlineData("cd /usr/bin; timeout 60 pwd; nice basename /a/b; env dirname /a/b", "/usr/bin\nb\n/a\n")]
    [InlineData("env true && env false || env [ 1 = 1 ] && echo yes", "yes\n")]
    [InlineData("awk 'BEGIN { \"echo in\" | getline x; print x; system(\"/bin/echo out\") }'", "in\nout\n")]
    [InlineData("env printf '%b' 'a\\n'; env test 1 -lt 2 -a 3 -lt 4 && env echo -e '\\x41'; env cat -n /etc/hostname | wc -l", "a\nA\n1\n")]
    [InlineData("/bin/echo a; cd /bin; ./echo b; /bin/../bin/echo c", "a\nb\nc\n")]
    [InlineData("(exec -a echo /bin/busybox d); (exec -a /x/echo /bin/echo e)", "d\ne\n")]
    [InlineData("(exec -a nonesuch /bin/echo a) 2>&1", "nonesuch: applet not found\n")]
    [InlineData("ln -s /bin/busybox /tmp/echo; /tmp/echo a; ln -s /bin/echo /tmp/other; /tmp/other a 2>&1", "a\nother: applet not found\n")]
    [InlineData("cp /bin/busybox /tmp/echo; /tmp/echo a; /tmp/echo -e 'a\\tb'", "a\na\tb\n")]
    [InlineData("printf '#!/bin/echo -n\\n' > /tmp/s; chmod +x /tmp/s; /tmp/s x", "/tmp/s x")]
    [InlineData("ls -l /bin/echo | sed 's/.* \\([^ ]* -> .*\\)/\\1/'; command -v cat; which echo cat; type -a true", "/bin/echo -> /bin/busybox\n/bin/cat\n/bin/echo\n/bin/cat\ntrue is a shell builtin\ntrue is /bin/true\n")]
    [InlineData("rm /bin/echo; env echo x 2>/dev/null; echo $?; printf '#!/bin/sh\\necho mine\\n' > /bin/echo; chmod +x /bin/echo; env echo x", "127\nmine\n")]
    [InlineData("env echo x; printf '#!/bin/sh\\necho mine \"$@\"\\n' > /bin/busybox; env echo x", "x\nmine x\n")]
    [InlineData("chmod 644 /bin/busybox; env echo x 2>/dev/null; echo $?", "126\n")]
    [InlineData("env echo x 2>&1 >/dev/full; echo $?; env echo x 2>&1 >&-; echo $?", "echo: write error: No space left on device\n1\necho: write error: Bad file descriptor\n1\n")]
    [InlineData("env cat /etc/passwd 2>&1 >/dev/full; echo $?", "cat: write error: No space left on device\n1\n")]
    [InlineData("cat /dev/zero | head -c 3 | wc -c; echo ${PIPESTATUS[0]}", "3\n141\n")]
    [InlineData("{ trap '' PIPE; cat /dev/zero 2>/tmp/e; echo $? >>/tmp/e; } | head -c 1 >/dev/null; cat /tmp/e", "cat: write error: Broken pipe\n1\n")]
    [InlineData("cat /dev/zero > /dev/null & kill $!; wait $!; echo $?", "143\n")]
    [InlineData("mkfifo /tmp/p; cat /tmp/p & echo a > /tmp/p; wait; cat < /dev/null", "a\n")]
    [InlineData("ulimit -n 3; /bin/cat /etc/passwd 2>&1", "cat: can't open '/etc/passwd': Too many open files\n")]
    [InlineData("ulimit -f 1; (env cat /bin/busybox > /tmp/x); echo $?; wc -c < /tmp/x", "153\n1024\n")]
    [InlineData("{ echo a; sleep 0.05; echo b; } | cat | cat - /dev/null", "a\nb\n")]
    public void Programs_start_them(string script, string expected) => Assert.Equal(expected, Run(script).Stdout);

    [Fact]
    public void What_they_write_is_bounded_by_the_file_system()
    {
        SandboxResult result = Run(
            "env cat /dev/zero > /tmp/x; echo $? >&2", new SandboxOptions { Limits = new SandboxLimits { StorageBytes = 1 << 20 } });
        Assert.Equal("cat: write error: No space left on device\n1\n", result.Stderr);
    }

    [Fact]
    public void With_a_limit_of_instructions_BusyBox_counts_them()
    {
        SandboxResult result = Run("env cat /dev/zero > /dev/null", new SandboxOptions { Limits = new SandboxLimits { Fuel = 1_000_000 } });
        Assert.Equal(137, result.ExitCode);
    }
}
