using System.Buffers.Binary;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Tests.Wasi;

/// <summary>The kernel's own system calls, through a real module.</summary>
public sealed class SystemCallTests : IDisposable
{
    private const int Path = 1024;
    private const int Other = 2048;
    private const int Environment = 3072;
    private const int Actions = 4096;
    private const int Buffer = 8192;
    private const int WorkingDirectory = -1;
    private readonly Guest _guest = new("pssandbox");

    public void Dispose() => _guest.Dispose();

    private int P(string path) => _guest.Put(Path, path);

    private int Spawn(string name, string[] arguments, int flags = 1, params (int Op, int Fd, int From)[] actions)
    {
        for (int i = 0; i < actions.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_guest.Memory[(Actions + i * 12)..], actions[i].Op);
            BinaryPrimitives.WriteInt32LittleEndian(_guest.Memory[(Actions + i * 12 + 4)..], actions[i].Fd);
            BinaryPrimitives.WriteInt32LittleEndian(_guest.Memory[(Actions + i * 12 + 8)..], actions[i].From);
        }

        int strings = _guest.Put(Other, string.Concat(arguments.Select(a => a + "\0")));
        int environment = _guest.Put(Environment, "PATH=/bin:/usr/bin\0");
        return _guest.CallRaw("spawn", Path, P(name), Other, strings, Environment, environment, Actions, actions.Length, flags);
    }

    [Fact]
    public void Version_is_one() => Assert.Equal(1, _guest.CallRaw("version"));

    [Fact]
    public void Open_creates_with_a_mode_less_the_mask()
    {
        _guest.Process.UMask = 0x12;
        int descriptor = _guest.CallRaw("open", WorkingDirectory, Path, P("/tmp/f"), 0x241, 0x1ff);
        Assert.True(descriptor >= 0);
        Assert.Equal(0, _guest.CallRaw("fstatat", WorkingDirectory, Path, P("/tmp/f"), 0, Buffer));
        Assert.Equal(0x8000 | 0x1ed, _guest.Int32(Buffer + 16));
        Assert.Equal(0, _guest.CallRaw("fchmodat", WorkingDirectory, Path, P("/tmp/f"), 0x180, 0));
        Assert.Equal(0, _guest.CallRaw("fstatat", descriptor, Path, 0, 0x1000, Buffer));
        Assert.Equal(0x8000 | 0x180, _guest.Int32(Buffer + 16));
        Assert.Equal(Errno.EEXIST, _guest.CallError("open", WorkingDirectory, Path, P("/tmp/f"), 0xc1, 0x1ff));
        Assert.Equal(Errno.EBADF, _guest.CallError("fstatat", 99, Path, 0, 0x1000, Buffer));
    }

    [Fact]
    public void Names_are_made_linked_moved_and_removed()
    {
        Assert.Equal(0, _guest.CallRaw("mkdirat", WorkingDirectory, Path, P("/tmp/d"), 0x1ff));
        int directory = _guest.CallRaw("open", WorkingDirectory, Path, P("/tmp/d"), 0x10000, 0);
        Assert.Equal(0, _guest.CallRaw("mknodat", directory, Path, P("pipe"), 0x1000 | 0x1a4, 0));
        Assert.Equal(0, _guest.CallRaw("symlinkat", Other, _guest.Put(Other, "to"), directory, Path, P("link")));
        Assert.Equal(2, _guest.CallRaw("readlinkat", directory, Path, P("link"), Buffer, 100));
        Assert.Equal("to", _guest.Text(Buffer, 2));
        Assert.Equal(0, _guest.CallRaw("linkat", directory, Path, P("pipe"), directory, Other, _guest.Put(Other, "second"), 0));
        Assert.Equal(0, _guest.CallRaw("renameat", directory, Path, P("second"), WorkingDirectory, Other, _guest.Put(Other, "/tmp/third")));
        Assert.Equal(0, _guest.CallRaw("fstatat", WorkingDirectory, Path, P("/tmp/third"), 0, Buffer));
        Assert.Equal((0x1000, 2), (_guest.Int32(Buffer + 16) & 0xf000, _guest.Int32(Buffer + 20)));
        Assert.Equal(Errno.EISDIR, _guest.CallError("unlinkat", WorkingDirectory, Path, P("/tmp/d"), 0));
        Assert.Equal(Errno.ENOTEMPTY, _guest.CallError("unlinkat", WorkingDirectory, Path, P("/tmp/d"), 0x200));
        Assert.Equal(0, _guest.CallRaw("unlinkat", directory, Path, P("pipe"), 0));
    }

    [Fact]
    public void Owners_and_times_are_set()
    {
        _guest.System.Write("/tmp/f", "");
        Assert.Equal(0, _guest.CallRaw("fchownat", WorkingDirectory, Path, P("/tmp/f"), 5, 6, 0));
        Span<byte> times = _guest.Memory[Other..];
        BinaryPrimitives.WriteInt64LittleEndian(times, -2);
        BinaryPrimitives.WriteInt64LittleEndian(times[8..], 500);
        BinaryPrimitives.WriteInt64LittleEndian(times[16..], 12);
        BinaryPrimitives.WriteInt64LittleEndian(times[24..], 0x3ffffffe);
        Assert.Equal(0, _guest.CallRaw("utimensat", WorkingDirectory, Path, P("/tmp/f"), Other, 0));
        Assert.Equal(0, _guest.CallRaw("fstatat", WorkingDirectory, Path, P("/tmp/f"), 0, Buffer));
        Assert.Equal((5, 6), (_guest.Int32(Buffer + 24), _guest.Int32(Buffer + 28)));
        Assert.Equal((-2, 500), (_guest.Int64(Buffer + 64), _guest.Int32(Buffer + 88)));
        Assert.True(_guest.Int64(Buffer + 72) > 1_000_000_000);
        BinaryPrimitives.WriteInt64LittleEndian(_guest.Memory[(Other + 8)..], 1_000_000_000);
        Assert.Equal(Errno.EINVAL, _guest.CallError("utimensat", WorkingDirectory, Path, P("/tmp/f"), Other, 0));
    }

    [Fact]
    public void Access_is_as_the_modes_say()
    {
        _guest.System.Write("/tmp/f", "", 0x1a4);
        Assert.Equal(0, _guest.CallRaw("faccessat", WorkingDirectory, Path, P("/tmp/f"), 4, 0));
        Assert.Equal(Errno.EACCES, _guest.CallError("faccessat", WorkingDirectory, Path, P("/tmp/f"), 1, 0));
        Assert.Equal(0, _guest.CallRaw("setgid", 1000));
        Assert.Equal(0, _guest.CallRaw("setuid", 1000));
        Assert.Equal(Errno.EACCES, _guest.CallError("faccessat", WorkingDirectory, Path, P("/tmp/f"), 2, 0));
        Assert.Equal(Errno.EPERM, _guest.CallError("setuid", 0));
        Assert.Equal((1000, 1000), (_guest.CallRaw("getid", 2), _guest.CallRaw("getid", 4)));
    }

    [Fact]
    public void The_working_directory_is_changed_and_told()
    {
        Assert.Equal(0, _guest.CallRaw("chdir", Path, P("/usr/bin")));
        Assert.Equal(8, _guest.CallRaw("getcwd", Buffer, 100));
        Assert.Equal("/usr/bin", _guest.Text(Buffer, 8));
        Assert.Equal(Errno.ERANGE, _guest.CallError("getcwd", Buffer, 7));
        Assert.Equal(Errno.ENOTDIR, _guest.CallError("chdir", Path, P("/etc/passwd")));
        int directory = _guest.CallRaw("open", WorkingDirectory, Path, P("/etc"), 0, 0);
        Assert.Equal(0, _guest.CallRaw("fchdir", directory));
        Assert.Equal(4, _guest.CallRaw("getcwd", Buffer, 100));
    }

    [Fact]
    public void Statfs_tells_of_the_file_system()
    {
        Assert.Equal(0, _guest.CallRaw("statfs", Path, P("/tmp"), Buffer));
        Assert.Equal(4096, _guest.Int64(Buffer + 8));
        Assert.Equal(255, _guest.Int64(Buffer + 56));
    }

    [Fact]
    public void Descriptors_are_duplicated_and_marked()
    {
        int file = _guest.CallRaw("open", WorkingDirectory, Path, P("/etc/passwd"), 0x80000, 0);
        Assert.Equal(1, _guest.CallRaw("cloexec", file, -1));
        Assert.Equal(10, _guest.CallRaw("dup", file, 10, 0));
        Assert.Equal(0, _guest.CallRaw("cloexec", 10, 1));
        Assert.Equal(1, _guest.CallRaw("cloexec", 10, -1));
        Assert.Equal(20, _guest.CallRaw("dup2", 10, 20, 0));
        Assert.Equal(Errno.EBADF, _guest.CallError("dup2", 30, 20, 0));
        Assert.Equal(Errno.EINVAL, _guest.CallError("dup", file, 100_000, 0));
        Assert.Equal(0, _guest.CallRaw("pipe", Buffer, 0));
        Assert.NotEqual(_guest.Int32(Buffer), _guest.Int32(Buffer + 4));
        Assert.Equal(Errno.EFAULT, _guest.CallError("pipe", -4, 0));
    }

    [Fact]
    public void Umask_is_set_and_asked_for()
    {
        _guest.Process.UMask = 0x12;
        Assert.Equal(0x12, _guest.CallRaw("umask", 0x3f));
        Assert.Equal(0x3f, _guest.CallRaw("umask", 0x200));
    }

    [Fact]
    public void Spawned_programs_are_waited_for()
    {
        Assert.Equal(0, _guest.CallRaw("pipe", Buffer, 0));
        (int read, int write) = (_guest.Int32(Buffer), _guest.Int32(Buffer + 4));
        int pid = Spawn("echo", ["echo", "hello"], 1, (0, 1, write), (1, write, 0), (1, read, 0));
        Assert.True(pid > 0);
        Assert.Equal(pid, _guest.CallRaw("waitpid", pid, Buffer, 0));
        Assert.Equal(0, _guest.Int32(Buffer));
        byte[] text = new byte[100];
        Assert.Equal(Errno.None, _guest.Process.Descriptors[read]!.Read(text, null, out int count));
        Assert.Equal("hello\n", ByteText.FromBytes(text.AsSpan(0, count)));
        Assert.Equal(Errno.ECHILD, _guest.CallError("waitpid", -1, Buffer, 0));
    }

    [Fact]
    public void Spawn_tells_at_once_of_a_program_that_cannot_run()
    {
        Assert.Equal(Errno.ENOENT, _guest.CallErrorOf(Spawn("nonesuch", ["x"])));
        Assert.Equal(Errno.ENOENT, _guest.CallErrorOf(Spawn("cat", ["x"], flags: 0)));
        Assert.Equal(Errno.EACCES, _guest.CallErrorOf(Spawn("/etc/passwd", ["x"])));
        Assert.Equal(Errno.EINVAL, _guest.CallErrorOf(Spawn("cat", [])));
        Assert.Equal(Errno.EBADF, _guest.CallErrorOf(Spawn("cat", ["cat"], 1, (0, 1, 77))));
        Assert.Equal(Errno.ECHILD, _guest.CallError("waitpid", -1, Buffer, 0));
    }

    [Fact]
    public void A_child_that_reads_what_its_parent_writes_has_a_thread_of_its_own()
    {
        Assert.Equal(0, _guest.CallRaw("pipe", Buffer, 0));
        (int read, int write) = (_guest.Int32(Buffer), _guest.Int32(Buffer + 4));
        _guest.System.Open(_guest.Process, 1, "/tmp/out", OpenFlags.WriteOnly | OpenFlags.Create);
        int pid = Spawn("cat", ["cat"], 1, (0, 0, read), (1, read, 0), (1, write, 0));
        Assert.True(pid > 0);

        // The parent still holds the writing end: were cat run inside this wait, it would never see the end of its input.
        Assert.Equal(0, _guest.CallRaw("waitpid", pid, Buffer, 1));
        Assert.Equal(Errno.None, _guest.Process.WriteAll(write, "text"u8));
        _guest.Process.Descriptors.Close(write);
        Assert.Equal(pid, _guest.CallRaw("waitpid", pid, Buffer, 0));
        Assert.Equal("text", _guest.System.Read("/tmp/out"));
    }

    [Fact]
    public void Signals_are_set_and_sent()
    {
        Assert.Equal(0, _guest.CallRaw("signal", 15, 1));
        Assert.Equal(1, _guest.CallRaw("signal", 15, 0));
        Assert.Equal(Errno.EINVAL, _guest.CallError("signal", 9, 1));
        Assert.Equal(Errno.EINVAL, _guest.CallError("signal", 99, 1));
        int pid = Spawn("sleep", ["sleep", "1000"]);
        Assert.Equal(0, _guest.CallRaw("kill", pid, 15));
        Assert.Equal(pid, _guest.CallRaw("waitpid", pid, Buffer, 0));
        Assert.Equal(15, _guest.Int32(Buffer));
        Assert.Equal(Errno.ESRCH, _guest.CallError("kill", 99999, 0));
        Assert.Equal(0, _guest.CallRaw("alarm", 100_000));
        Assert.InRange(_guest.CallRaw("alarm", 0), 1, 100_000);
    }

    [Fact]
    public void Exec_unwinds_into_the_other_program()
    {
        int strings = _guest.Put(Other, "true\0");
        Assert.Throws<ProcessExitException>(() => _guest.CallRaw("exec", Path, P("/bin/true"), Other, strings, Environment, 0, 0));
        Assert.Equal("/bin/true", _guest.Process.ExecutablePath);
        Assert.Equal(Errno.ENOENT, _guest.CallError("exec", Path, P("/bin/none"), Other, _guest.Put(Other, "x\0"), Environment, 0, 0));
    }

    [Fact]
    public void Identities_and_priorities()
    {
        Assert.Equal(_guest.Process.Id, _guest.CallRaw("getid", 0));
        Assert.Equal(1, _guest.CallRaw("getid", 1));
        Assert.Equal(20, _guest.CallRaw("getpriority", 0));
        Assert.Equal(0, _guest.CallRaw("setpriority", 0, 5));
        Assert.Equal(15, _guest.CallRaw("getpriority", 0));
        Assert.Equal(_guest.Process.Id, _guest.CallRaw("setsid"));
        Assert.Equal(Errno.EPERM, _guest.CallError("setsid"));
        Assert.Equal(Errno.ESRCH, _guest.CallError("setpgid", 99999, 0));
    }

    [Fact]
    public void Uname_and_times_fill_their_structures()
    {
        Assert.Equal(0, _guest.CallRaw("uname", Buffer));
        Assert.Equal("Linux\0", _guest.Text(Buffer, 6));
        Assert.Equal("sandbox\0", _guest.Text(Buffer + 65, 8));
        Assert.Equal(0, _guest.CallRaw("times", Buffer));
        Assert.Equal(Errno.ENOTTY, _guest.CallErrorOf(_guest.CallRaw("tcgetattr", _guest.Open("/etc/passwd", OpenFlags.ReadOnly), Buffer)));
        Assert.Equal(Errno.EBADF, _guest.CallError("winsize", 50, Buffer));
    }
}
