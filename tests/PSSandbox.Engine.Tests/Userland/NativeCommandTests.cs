using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Tests.Wasi;

namespace PSSandbox.Tests.Userland;

/// <summary>Native commands as processes run them.</summary>
public sealed class NativeCommandTests
{
    private readonly TestSystem _system = new();

    private string Output(params string[] arguments)
    {
        (int status, string output, string error) = _system.Run(arguments);
        Assert.Equal(("", 0), (error, status));
        return output;
    }

    private void Fails(int status, string error, params string[] arguments)
    {
        (int actual, _, string message) = _system.Run(arguments);
        Assert.Equal((error, status), (message, actual));
    }

    [Theory]
    [InlineData("whoami", "root\n")]
    [InlineData("logname", "root\n")]
    [InlineData("hostname", "sandbox\n")]
    [InlineData("id", "uid=0(root) gid=0(root) groups=0(root)\n")]
    [InlineData("id -u", "0\n")]
    [InlineData("id -un", "root\n")]
    [InlineData("id user", "uid=1000(user) gid=1000(user) groups=1000(user)\n")]
    [InlineData("uname", "Linux\n")]
    [InlineData("uname -n", "sandbox\n")]
    [InlineData("uname -sn", "Linux sandbox\n")]
    [InlineData("nice", "0\n")]
    [InlineData("nice -n 5 nice", "5\n")]
    [InlineData("nice nice", "10\n")]
    [InlineData("nice -3 nice", "3\n")]
    [InlineData("env -i A=1 B=2", "A=1\nB=2\n")]
    [InlineData("env -i A=1 env", "A=1\n")]
    [InlineData("env -u PATH printenv HOME", "/root\n")]
    [InlineData("which ls nproc", "/bin/ls\n/usr/bin/nproc\n")]
    [InlineData("ionice -p 1", "none: prio 0\n")]
    [InlineData("sleep 0 0.0s", "")]
    [InlineData("setsid echo x", "x\n")]
    [InlineData("nohup echo x", "x\n")]
    [InlineData("taskset 1 echo x", "x\n")]
    [InlineData("kill -l 9", "KILL\n")]
    [InlineData("kill -l 143", "TERM\n")]
    [InlineData("kill -l TERM", "15\n")]
    [InlineData("timeout 100 echo done", "done\n")]
    [InlineData("users", "\n")]
    [InlineData("who", "")]
    public void Commands_print(string command, string expected) => Assert.Equal(expected, Output(command.Split(' ')));

    [Theory]
    [InlineData("sleep x", 1, "sleep: invalid number 'x'\n")]
    [InlineData("mount /dev/sda /mnt", 1, "mount: permission denied: /mnt\n")]
    [InlineData("mount -a", 1, "mount: permission denied\n")]
    [InlineData("umount /proc /tmp", 1, "umount: /proc: permission denied\numount: /tmp: permission denied\n")]
    [InlineData("umount", 1, "umount: no folder is given\n")]
    [InlineData("env nonesuch", 127, "env: can't execute 'nonesuch': No such file or directory\n")]
    [InlineData("env /etc/passwd", 126, "env: can't execute '/etc/passwd': Permission denied\n")]
    [InlineData("kill 99999", 1, "kill: can't kill pid 99999: No such process\n")]
    [InlineData("kill x", 1, "kill: invalid number 'x'\n")]
    [InlineData("kill -NONE 1", 1, "kill: bad signal name 'NONE'\n")]
    [InlineData("killall nonesuch", 1, "killall: nonesuch: no process killed\n")]
    [InlineData("id nobody_there", 1, "id: unknown user nobody_there\n")]
    [InlineData("timeout x true", 125, "timeout: invalid number 'x'\n")]
    [InlineData("date -d nonsense", 1, "date: invalid date 'nonsense'\n")]
    [InlineData("date -s 2020-01-01", 1, "date: can't set date: Operation not permitted\n")]
    [InlineData("wget http://example.com/", 4, "wget: network is unreachable: this sandbox has no network\n")]
    [InlineData("nc host 80", 1, "nc: network is unreachable: this sandbox has no network\n")]
    [InlineData("dig host", 9, "dig: network is unreachable: this sandbox has no network\n")]
    [InlineData("stty", 1, "stty: standard input: Inappropriate ioctl for device\n")]
    [InlineData("mktemp /tmp/foo", 1, "mktemp: /tmp/foo: Invalid argument\n")]
    [InlineData("ps -o nonsense", 1, "ps: bad -o argument 'nonsense'\n")]
    public void Commands_fail(string command, int status, string error) => Fails(status, error, command.Split(' '));

    [Theory]
    [InlineData("which nonesuch", 1)]
    [InlineData("pgrep nonesuch", 1)]
    [InlineData("pidof nonesuch", 1)]
    [InlineData("tty", 1)]
    [InlineData("timeout 0.05 sleep 100", 124)]
    [InlineData("timeout -s KILL 0.05 sleep 100", 137)]
    [InlineData("timeout -p 0.05 sleep 100", 143)]
    [InlineData("timeout 100 false", 1)]
    public void Commands_tell_by_their_status(string command, int status) => Assert.Equal(status, _system.Run(command.Split(' ')).Status);

    [Theory]
    [InlineData("-u -d @0", "Thu Jan  1 00:00:00 UTC 1970")]
    [InlineData("-u -d @86400 +%F", "1970-01-02")]
    [InlineData("-u -d @-1 +%FT%T", "1969-12-31T23:59:59")]
    [InlineData("-u -d 2024-02-29 +%A,%j", "Thursday,060")]
    [InlineData("-u -d 2024-02-29T12:34:56 +%s", "1709210096")]
    [InlineData("-u -d 2024-02-29T12:34:56Z +%s", "1709210096")]
    [InlineData("-u -d 2024-02-29T12:34:56+01:00 +%s", "1709206496")]
    [InlineData("-u -d 202402291234.56 +%T", "12:34:56")]
    [InlineData("-u -d 2024.02.29-12:34 +%F_%R", "2024-02-29_12:34")]
    [InlineData("-u -R -d @1709210096", "Thu, 29 Feb 2024 12:34:56 +0000")]
    [InlineData("-u -Iseconds -d @1709210096", "2024-02-29T12:34:56+0000")]
    [InlineData("-u -I -d @1709210096", "2024-02-29")]
    public void Date_reads_and_writes_times(string arguments, string expected) =>
        Assert.Equal(expected + "\n", Output(["date", .. arguments.Split(' ')]));

    [Theory]
    [InlineData("2024-01-31 1 month", "2024-02-29")]
    [InlineData("2024-03-01 yesterday", "2024-02-29")]
    [InlineData("2024-02-28 +2 days", "2024-03-01")]
    [InlineData("2024-02-28 3 weeks ago", "2024-02-07")]
    [InlineData("1 Mar 2024", "2024-03-01")]
    [InlineData("Mar 1, 2024 10:00 pm", "2024-03-01")]
    [InlineData("Fri, 01 Mar 2024 12:00:00 +0000", "2024-03-01")]
    [InlineData("20240301", "2024-03-01")]
    [InlineData("3/1/2024", "2024-03-01")]
    public void Date_understands_what_people_write(string text, string expected) =>
        Assert.Equal(expected + "\n", Output("date", "-u", "-d", text, "+%F"));

    [Theory]
    [InlineData("2024-01-31 99999999 years")]
    [InlineData("2024-13-01")]
    [InlineData("25:00")]
    [InlineData("@999999999999999999999")]
    [InlineData("1 1 1 1 1 1 1 1 x")]
    public void Date_refuses_what_is_no_date(string text) => Assert.Equal(1, _system.Run(["date", "-d", text]).Status);

    [Theory]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", 1700000000, "Tue Nov 14 23:13:20 CET 2023")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", 1690000000, "Sat Jul 22 06:26:40 CEST 2023")]
    [InlineData("EST5EDT", 1690000000, "Sat Jul 22 00:26:40 EDT 2023")]
    [InlineData("<+0530>-5:30", 1690000000, "Sat Jul 22 09:56:40 +0530 2023")]
    [InlineData("Nowhere/City", 1690000000, "Sat Jul 22 04:26:40 UTC 2023")]
    public void Date_goes_by_the_zone_of_the_environment(string zone, long seconds, string expected)
    {
        (int status, string output, _) = _system.Run(["date", "-d", $"@{seconds}"], environment: ["PATH=/bin", $"TZ={zone}"]);
        Assert.Equal((0, expected + "\n"), (status, output));
    }

    [Fact]
    public void A_long_chain_of_programs_that_replace_each_other_needs_no_stack()
    {
        string[] chain = [.. Enumerable.Repeat("env", 2_000), "echo", "there"];
        Assert.Equal("there\n", Output(chain));
    }

    [Fact]
    public void Mktemp_makes_what_it_names()
    {
        string file = Output("mktemp").Trim();
        Assert.Matches("^/tmp/tmp\\.[A-Za-z0-9]{6}$", file);
        Assert.Equal("", _system.Read(file));
        string directory = Output("mktemp", "-d", "/tmp/dXXXX.suffix").Trim();
        Assert.Matches("^/tmp/d[A-Za-z0-9]{4}\\.suffix$", directory);
        Assert.Equal(Errno.None, _system.Files.GetStatus(_system.Paths, directory, false, out FileStatus status));
        Assert.Equal((FileType.Directory, 0x1c0), (status.Type, status.Mode));
    }

    [Fact]
    public void Ps_lists_processes_in_its_forms()
    {
        string[] lines = Output("ps").Split('\n');
        Assert.Equal("PID   USER     TIME  COMMAND", lines[0]);
        Assert.Equal("    1 root      0:00 init", lines[1]);
        Assert.Matches("^ +[0-9]+ root +0:00 ps$", lines[2]);
        Assert.StartsWith("UID        PID  PPID  C STIME TTY          TIME CMD\n", Output("ps", "-ef"));
        Assert.StartsWith("USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START  TIME COMMAND\n", Output("ps", "aux"));
        Assert.Equal("init\n", Output("ps", "-p", "1", "-o", "comm="));
    }

    [Fact]
    public void Processes_are_found_and_signalled_by_name()
    {
        Process process = _system.Prepare(["/bin/busybox", "sleep", "1000"], "", "/", null, out Errno error);
        Assert.Equal(Errno.None, error);
        process.Start();
        Assert.Equal($"{process.Id}\n", Output("pgrep", "busy"));
        Assert.Equal($"{process.Id}\n", Output("pgrep", "-f", "sleep 1000"));
        Assert.Equal($"{process.Id}\n", Output("pidof", "busybox"));
        Assert.Equal("", Output("renice", "-n", "3", "-p", $"{process.Id}"));
        Assert.Equal(3, process.Nice);
        Assert.Equal("", Output("pkill", "-USR1", "busybox"));
        Assert.True(_system.Kernel.WaitUntilIdle(TimeSpan.FromSeconds(30)));
        Assert.Equal(WaitStatus.ForSignal(Signal.USR1), process.ExitStatus);
    }

    [Fact]
    public void Time_reports_on_standard_error()
    {
        (int status, string output, string error) = _system.Run(["time", "-p", "echo", "x"]);
        Assert.Equal((0, "x\n"), (status, output));
        Assert.Matches("^real [0-9]+\\.[0-9]{2}\nuser [0-9]+\\.[0-9]{2}\nsys 0\\.00\n$", error);
    }

    [Fact]
    public void Start_stop_daemon_starts_once_and_stops()
    {
        Assert.Equal("", Output("start-stop-daemon", "-S", "-b", "-m", "-p", "/tmp/pid", "-x", "/bin/busybox", "--", "sleep", "1000"));
        string pid = _system.Read("/tmp/pid").Trim();
        Assert.Equal(1, _system.Run(["start-stop-daemon", "-S", "-p", "/tmp/pid", "-x", "/bin/busybox"]).Status);
        Assert.Equal($"stopped process {pid}\n", Output("start-stop-daemon", "-K", "-p", "/tmp/pid"));
        Assert.True(_system.Kernel.WaitUntilIdle(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Top_and_free_and_uptime_tell_of_the_system()
    {
        string[] top = Output("top", "-b", "-n", "1").Split('\n');
        Assert.StartsWith("Mem: ", top[0]);
        Assert.Contains(top, line => line.EndsWith(" init", StringComparison.Ordinal));
        Assert.Contains("Mem: ", Output("free", "-m"));
        Assert.Contains(" up 0 min", Output("uptime"));
    }
}
