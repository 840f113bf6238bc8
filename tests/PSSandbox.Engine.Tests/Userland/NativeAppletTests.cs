using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Sandboxes.Applets;
using PSSandbox.Tests.Wasi;
using PSSandbox.Userland;

namespace PSSandbox.Tests.Userland;

/// <summary>The applets that this program does itself, beside BusyBox's own and the machine's.</summary>
public sealed class NativeAppletTests
{
    private const int Unprivileged = 1000;
    private const string Folder = "/tmp/d";
    private const int Everybody = 0x1ed;
    private const int Nobody = 0;
    private readonly TestSystem _system = new();

    public NativeAppletTests()
    {
        foreach (string directory in new[] { Folder, $"{Folder}/dir", $"{Folder}/closed" })
            Assert.Equal(Errno.None, _system.Files.MakeDirectory(_system.Paths, directory, directory.EndsWith("closed", StringComparison.Ordinal) ? Nobody : Everybody));
        _system.Write($"{Folder}/file", "text\n");
        _system.Write($"{Folder}/empty", "");
        _system.Write($"{Folder}/secret", "x", Nobody);
        _system.Write($"{Folder}/script", "#!/bin/sh\n", Everybody);
        _system.Write($"{Folder}/large", string.Concat(Enumerable.Range(0, 50_000)));
        _system.Write($"{Folder}/closed/x", "x");
        Assert.Equal(Errno.None, _system.Files.MakeSymbolicLink(_system.Paths, "file", $"{Folder}/link"));
        Assert.Equal(Errno.None, _system.Files.MakeSymbolicLink(_system.Paths, "none", $"{Folder}/dangling"));
        Assert.Equal(Errno.None, _system.Files.MakeNode(_system.Paths, $"{Folder}/fifo", FileType.Fifo, 0x1a4, 0));
    }

    /// <summary>What needs no BusyBox: arguments with | between.</summary>
    public static TheoryData<string> Covered { get; } =
    [
        "true", "true|x", "false", "false|--help|x", "echo", "echo|a", "echo|a|b  c||d", "echo|-n|a", "echo|-n", "echo|-nn|-n|a", "echo|-", "echo|--|a",
        "echo|-x|a", "echo|-nx|a", "echo|-e|a\\tb\\\\n\\n", "echo|-e|a\\cb|c", "echo|-ne|\\a\\b\\f\\r\\v", "echo|a\\nb", "echo|-e", "echo|\xe4\xff\x80",
        "echo|-n|-e|x|-n", "echo|a\nb",
        "printf|a", "printf|a\\n", "printf|%s\\n|a", "printf|%s\\n|a|b|c", "printf|%s-%s\\n|a|b|c", "printf|%5s|%-5s|\\n|a|b", "printf|[%5s][%-5s]\\n|a|b",
        "printf|[%.2s]|abc", "printf|[%5.1s]|abc", "printf|[%.s]|abc", "printf|[%s]", "printf|%c|abc", "printf|%c", "printf|[%3c]|x", "printf|%%|a", "printf|\\0",
        "printf|%s\\0|a|b", "printf|\\101\\377\\7x", "printf|%d|5", "printf|%d|-5", "printf|[%5d]|-5", "printf|[%5d][%-5d]|3|4", "printf|%05d|-42", "printf|%+d|4",
        "printf|% d|4", "printf|%.3d|4", "printf|%8.3d|-4", "printf|%-08d|4", "printf|%+.0d|0", "printf|%i|0", "printf|%u|-1", "printf|%x|255", "printf|%X|-255",
        "printf|%o|8", "printf|%08x|48879", "printf|%d %d\\n|1|2|3|4", "printf|%s=%d\\n|a|1|b|2", "printf|%d|999999999999999999", "printf|x|y|z",
        "printf|\\a\\b\\f\\n\\r\\t\\v\\\\",
        "test", "test|", "test|a", "test|!", "test|!|", "test|!|a", "test|-n", "test|-n|", "test|-n|a", "test|-z|", "test|-z|a", "test|!|-z|a", "test|!|!|a",
        "test|!|!|!|a", "test|a|=|a", "test|a|=|", "test|a|==|b", "test|a|!=|b", "test|!|a|=|a", "test|-n|=|-n", "test|!|=|!", "test|(|=|(", "test|1|-eq|1", "test|1|-ne|1",
        "test|-5|-lt|3", "test|3|-le|3", "test|4|-gt|3", "test|2|-ge|3", "test|!|2|-ge|3", "test|999999999999999999|-gt|1", "test|--help",
        "test|-e|file", "test|-e|none", "test|-e|", "test|-f|file", "test|-f|dir", "test|-f|link", "test|-d|dir", "test|-d|file", "test|-s|file", "test|-s|empty",
        "test|-s|dir", "test|-L|link", "test|-h|link", "test|-L|file", "test|-L|dangling", "test|-e|dangling", "test|-p|fifo", "test|-p|file", "test|-c|/dev/null",
        "test|-b|/dev/null", "test|-S|file", "test|-r|file", "test|-r|secret", "test|-r|none", "test|!|-f|file", "test|!|-f|none", "test|-f|file/x", "test|-f|closed/x",
        "[|]", "[|a|]", "[|a|=|a|]", "[|!|-e|none|]", "[|-f|file|]", "[|1|-lt|2|]",
        "pwd", "basename|/a/b/c", "basename|/a/b/c/", "basename|/", "basename|//", "basename|", "basename|a", "basename|a.c|.c", "basename|.c|.c", "basename|/a/b.tar.gz/|.gz",
        "basename|a|", "basename|/|/", "basename|x|-s", "basename|\xe4/\xff", "dirname|/a/b/c", "dirname|/a", "dirname|/", "dirname|//", "dirname|//a//", "dirname|a",
        "dirname|a/", "dirname|a//b//", "dirname|", "dirname|./a", "dirname|a/b",
        "cat", "cat|-", "cat|file", "cat|file|-|file", "cat|file|file", "cat|none", "cat|file|none|file", "cat|dir", "cat|dir|file", "cat|secret", "cat|large", "cat|empty",
        "cat|file/x", "cat|", "cat|-|-", "cat|link", "cat|dangling",
    ];

    /// <summary>What is left to BusyBox.</summary>
    public static TheoryData<string> Left { get; } =
    [
        "true|--help", "false|--help", "echo|--help", "echo|-e|-E|a\\tb", "echo|-E|a", "echo|-e|\\x41", "echo|-e|\\0101", "echo|-e|\\q", "echo|-e|a\\", "echo|-e|\\e[0m",
        "printf", "printf|", "printf||a", "printf|%s", "printf|--help", "printf|--|a", "printf|-x", "printf|%d", "printf|%d|x", "printf|%d|010", "printf|%d|0x1f", "printf|%d|'a", "printf|%d|+5",
        "printf|%d|9223372036854775807", "printf|%d|99999999999999999999", "printf|%f|1.5", "printf|%e|1", "printf|%g|1", "printf|%b|a\\n", "printf|%q|a", "printf|%z",
        "printf|%", "printf|%s%", "printf|%ld|5", "printf|%*d|5|3", "printf|%.*s|2|abc", "printf|%100s|a", "printf|%#x|255", "printf|\\x41", "printf|\\c", "printf|a\\",
        "printf|\\777", "printf|%d %d\\n|1|2|3", "printf|%05s|a", "printf|%(%Y)T|0",
        "test|a|b", "test|a|b|c", "test|-q|a", "test|1|-eq|x", "test|01|-eq|1", "test| 1|-eq|1", "test|1|-eq|", "test|99999999999999999999|-gt|1", "test|a|-a|b", "test|a|-o|b",
        "test|(|a|)", "test|(|a|=|a|)", "test|a|=|a|-a|b|=|b", "test|a|<|b", "test|b|>|a", "test|file|-nt|empty", "test|file|-ef|link", "test|-w|file", "test|-x|file", "test|-x|closed", "test|-t|0", "test|-u|file",
        "test|-k|file", "test|-O|file", "test|-G|file", "test|a|=", "test|!|a|b", "[", "[|a", "[|a|=|a", "[|a|b|c|]", "[|--help",
        "pwd|-P", "pwd|-L", "pwd|x", "pwd|--help", "basename", "basename|--help", "basename|-a|a/b|c/d", "basename|-s|.c|a.c", "basename|a|b|c", "dirname", "dirname|a|b", "dirname|--|a",
        "dirname|--help", "cat|-n|file", "cat|-A|file", "cat|--|file", "cat|--help", "cat|file|-n", "cat|-u",
    ];

    [Theory]
    [MemberData(nameof(Covered))]
    public void It_does_what_BusyBox_does(string command) => Compare(command, covered: true);

    [Theory]
    [MemberData(nameof(Left))]
    public void It_leaves_the_rest_to_BusyBox(string command) => Compare(command, covered: false);

    [Fact]
    public void Errors_of_writing_are_told_as_BusyBox_does()
    {
        foreach (string command in new[] { "echo|a", "echo|-n", "printf|a", "printf|", "basename|a", "dirname|a", "pwd", "cat|file", "cat|empty", "true", "test|a" })
        {
            foreach (string? output in new[] { "/dev/full", null })
            {
                string[] arguments = command.Split('|');
                Assert.Equal((command, output, WithOutput(BusyBox(arguments), output)), (command, output, WithOutput(Native(arguments, out _), output)));
            }
        }
    }

    [Fact]
    public void The_machines_BusyBox_prints_the_same()
    {
        string? program = new[] { "/bin/busybox", "/usr/bin/busybox" }.FirstOrDefault(File.Exists);
        Assert.SkipUnless(program is not null, "needs the machine's busybox");
        int compared = 0;
        foreach (string command in Covered.Select(row => row.Data))
        {
            string[] arguments = command.Split('|');
            bool portable = arguments[0] switch
            {
                "echo" or "printf" or "basename" or "dirname" or "true" or "false" => command.All(char.IsAscii),
                "test" or "[" => !command.Contains("|-", StringComparison.Ordinal) || command.Contains("-eq", StringComparison.Ordinal),
                _ => false,
            };
            // POSIX leaves open what two slashes at the beginning are.
            if (!portable || command.StartsWith("dirname|//", StringComparison.Ordinal))
                continue;
            (int status, string output, _) = Run(Native(arguments, out _));
            var start = new System.Diagnostics.ProcessStartInfo(program!, arguments) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.Latin1 };
            using var machine = System.Diagnostics.Process.Start(start)!;
            string expected = machine.StandardOutput.ReadToEnd();
            machine.WaitForExit();
            Assert.True((machine.ExitCode, expected) == (status, output), $"{command}: {status} {output} instead of {machine.ExitCode} {expected}");
            compared++;
        }

        Assert.True(compared > 100);
    }

    private void Compare(string command, bool covered)
    {
        string[] arguments = command.Split('|');
        foreach (int user in new[] { 0, Unprivileged })
        {
            Assert.Equal(Run(BusyBox(arguments, user)), Run(Native(arguments, out Func<bool> left, user)));
            Assert.Equal(covered, !left());
        }
    }

    private Process BusyBox(string[] arguments, int user = 0) => Prepare(["busybox", .. arguments], user);

    private Process Native(string[] arguments, out Func<bool> left, int user = 0)
    {
        Process process = Prepare(arguments, user);
        IProgram module = process.Program!;
        bool asked = false;
        left = () => asked;
        NativeApplet applet = new NativeCommandTable().AddApplets().Applets.Single(a => a.Name == arguments[0]);
        process.Program = new AppletProgram(applet, _ =>
        {
            asked = true;
            return module;
        });
        return process;
    }

    private Process Prepare(string[] arguments, int user)
    {
        Process process = _system.Prepare(arguments, "first\nsecond\n", Folder, null, out Errno error);
        Assert.Equal(Errno.None, error);
        process.User = new Credentials(user, user);
        return process;
    }

    private (int Status, string Output, string Error) Run(Process process)
    {
        process.RunInline();
        return (process.ExitStatus.ShellStatus, _system.Read("/tmp/.out"), _system.Read("/tmp/.err"));
    }

    private (int Status, string Output, string Error) WithOutput(Process process, string? path)
    {
        if (path is null)
            process.Descriptors.Close(1);
        else
            _system.Open(process, 1, path, OpenFlags.WriteOnly);
        return Run(process);
    }
}
