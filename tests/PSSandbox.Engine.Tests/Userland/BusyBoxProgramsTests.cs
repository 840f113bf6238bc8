using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Userland;

/// <summary>What our patches and the compatibility layer add to BusyBox: programs started without fork, real files, ends.</summary>
public sealed class BusyBoxProgramsTests
{
    [Theory]
    [InlineData("cd /tmp; mkdir d; echo x > d/f; tar czf a.tgz d; rm -r d; tar xzf a.tgz; cat d/f", "x\n")]
    [InlineData("cd /tmp; echo x > f; tar cjf a.tbz f; tar tjf a.tbz; bunzip2 -c a.tbz | tar xO", "f\nx\n")]
    [InlineData("cd /tmp; echo x > f; tar cf a.tar f; tar xf a.tar --to-command='cat; echo $TAR_FILENAME $TAR_SIZE'", "x\nf 2\n")]
    [InlineData("cd /tmp; mkdir -p s/d; echo x > s/d/f; cd s; find . | cpio -pd /tmp/out 2>/dev/null; cat /tmp/out/d/f", "x\n")]
    [InlineData("cd /tmp; echo a | gzip > a.gz; echo b | bzip2 > b; zcat a.gz b a.gz", "a\nb\na\n")]
    [InlineData("cd /tmp; head -c 200 /dev/zero > bad.gz; echo a | gzip > a.gz; gunzip bad.gz a.gz 2>/dev/null; echo $?; cat a", "1\na\n")]
    [InlineData("cd /tmp; echo aaaaaaaaaaaaaaaaaaaa | gzip > x.gz; head -c 22 x.gz > cut.gz; echo b | gzip > b.gz; gunzip cut.gz b.gz; echo $?; cat b; ls", "1\nb\nb\ncut.gz\nx.gz\n")]
    [InlineData("awk 'BEGIN { \"echo in\" | getline x; print x; print \"b\" | \"sort\"; print \"a\" | \"sort\"; close(\"sort\"); print system(\"exit 3\") }'", "in\na\nb\n3\n")]
    [InlineData("printf '1 2\\n3\\n' | xargs -n1 -P2 sh -c 'echo $0' | sort", "1\n2\n3\n")]
    [InlineData("cd /tmp; touch a b; find . -type f -exec echo {} + | tr ' ' '\\n' | sort", "./a\n./b\n")]
    [InlineData("yes | head -n 2; echo ${PIPESTATUS[0]}", "y\ny\n141\n")]
    [InlineData("tail -f /etc/passwd > /dev/null & kill $!; wait $!; echo $?", "143\n")]
    [InlineData("cd /tmp; umask 027; touch f; mkdir d; stat -c '%a %h %n' f d; chmod 4711 f; stat -c %A f", "640 1 f\n750 2 d\n-rws--x--x\n")]
    [InlineData("cd /tmp; mkfifo p; echo x > p & cat p; stat -c %F p", "x\nfifo\n")]
    [InlineData("cd /tmp; echo x > f; ln f g; ln -s f l; stat -c %h f; readlink l; readlink -f l", "2\nf\n/tmp/f\n")]
    [InlineData("cd /tmp; touch -d '2020-02-03 04:05:06' f; TZ=EST5EDT,M3.2.0,M11.1.0 busybox date -r f +%F_%T_%Z", "2020-02-02_23:05:06_EST\n")]
    [InlineData("TZ=CET-1CEST,M3.5.0,M10.5.0/3 busybox date -d @1690000000 +%F_%T_%Z; busybox date -u -d '1999-1-2 3:4:5 +0130' +%T", "2023-07-22_06:26:40_CEST\n01:34:05\n")]
    [InlineData("printf 'one\\ntwo\\n' > /tmp/f; printf '2d\\nw\\nq\\n' | ed /tmp/f; cat /tmp/f", "8\n4\none\n")]
    [InlineData("(head -n 1; cat) < /etc/shells | wc -l; wc -l < /etc/shells", "5\n5\n")]
    [InlineData("cd /tmp; mkfifo p; { echo a; cat p; } | awk '{print}' | { read l; echo got $l; echo b > p; cat; }", "got a\nb\n")]
    [InlineData("awk 'BEGIN { printf \"a\"; system(\"printf b\"); print \"c\" > \"/dev/stderr\"; print \"d\" | \"cat\"; close(\"cat\"); print \"e\" }' 2>&1", "abc\nd\ne\n")]
    [InlineData("echo ' a  b c ' | awk '{ $5 = \"e\"; print; print NF; $0 = \"x y\"; print $2, $NF, $(NF - 1); NF = 1; print }'", "a b c  e\n5\ny y x\nx\n")]
    [InlineData("env -i A=1 /usr/bin/env; nice -n 5 nice", "A=1\n5\n")]
    public void Programs_do_what_they_do_elsewhere(string script, string expected)
    {
        using Sandbox sandbox = Sandbox.Create();
        SandboxResult result = sandbox.RunShell(script, new SandboxRunOptions { Timeout = TimeSpan.FromMinutes(2) }, TestContext.Current.CancellationToken);
        Assert.Equal(expected, result.Stdout);
    }

    [Theory]
    [InlineData("-E 'a|bc+'", "xbccy", "bcc")]
    [InlineData("-E '(foo|bar)[0-9]{2,3}$'", "foo1 bar1234 foo567", "foo567")]
    [InlineData("-E '^[^ ]* .'", "ab cd", "ab c")]
    [InlineData("-E 'x*y|xz'", "wxxxyz", "xxxy")]
    [InlineData("-E -i 'ÄB|[a-c]D'", "xCdy", "Cd")]
    [InlineData("'\\(a\\)\\1'", "baab", "aa")]
    [InlineData("-E '([a-c]|x+)\\1+[)]?'", "xyzabbb)c", "bbb)")]
    [InlineData("-E '(.)(.)\\2\\1|q{2}'", "xabbay", "abba")]
    public void Regular_expressions_find_the_leftmost_longest(string pattern, string text, string expected)
    {
        using Sandbox sandbox = Sandbox.Create();
        SandboxResult result = sandbox.RunShell($"echo '{text}' | grep -o {pattern}", null, TestContext.Current.CancellationToken);
        Assert.Equal((expected + "\n", 0), (result.Stdout, result.ExitCode));
    }

    [Fact]
    public void Deep_directories_do_not_exhaust_the_stack()
    {
        const string script = """
            cd /tmp; mkdir deep; cd deep; i=0; while [ $i -lt 900 ]; do mkdir d; cd d; i=$((i+1)); done; echo x > f; cd /tmp
            cp -r deep copy && tar cf a.tar deep && rm -r deep && find copy -name f | wc -c && du -s copy >/dev/null && rm -r copy && echo done
            """;
        using Sandbox sandbox = Sandbox.Create();
        SandboxResult result = sandbox.RunShell(script, null, TestContext.Current.CancellationToken);
        Assert.Equal("1807\ndone\n", result.Stdout);
    }
}
