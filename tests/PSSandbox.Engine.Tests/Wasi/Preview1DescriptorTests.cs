using System.Buffers.Binary;
using PSSandbox.FileSystem;
using PSSandbox.Processes;

namespace PSSandbox.Tests.Wasi;

/// <summary>Preview 1's fd_* functions, through a real module.</summary>
public sealed class Preview1DescriptorTests : IDisposable
{
    private const int Vectors = 16;
    private const int Result = 64;
    private const int Buffer = 1024;
    private const int Outside = TrampolineModule.MemoryPages * 65536;
    private readonly Guest _guest = new();

    public void Dispose() => _guest.Dispose();

    [Fact]
    public void Fd_read_fills_buffers_in_order_and_tells_the_end()
    {
        _guest.System.Write("/tmp/f", "hello world");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.ReadOnly);
        _guest.PutVector(Vectors, Buffer, 3);
        _guest.PutVector(Vectors + 8, Buffer + 100, 100);
        Assert.Equal(Errno.None, _guest.Call("fd_read", descriptor, Vectors, 2, Result));
        Assert.Equal(11, _guest.Int32(Result));
        Assert.Equal("hel", _guest.Text(Buffer, 3));
        Assert.Equal("lo world", _guest.Text(Buffer + 100, 8));
        Assert.Equal(Errno.None, _guest.Call("fd_read", descriptor, Vectors, 2, Result));
        Assert.Equal(0, _guest.Int32(Result));
    }

    [Fact]
    public void Fd_read_from_a_pipe_does_not_wait_for_its_second_buffer()
    {
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        _guest.Process.Descriptors.Set(0, reader);
        Assert.Equal(Errno.None, writer.Write("abc"u8, null, out _));
        _guest.PutVector(Vectors, Buffer, 3);
        _guest.PutVector(Vectors + 8, Buffer + 100, 100);
        Assert.Equal(Errno.None, _guest.Call("fd_read", 0, Vectors, 2, Result));
        Assert.Equal(3, _guest.Int32(Result));
        writer.Release();
    }

    [Theory]
    [InlineData("fd_read")]
    [InlineData("fd_write")]
    public void A_kill_ends_between_buffers(string function)
    {
        const int vectors = 16384;
        int descriptor = _guest.Open("/dev/zero", OpenFlags.ReadWrite);
        for (int i = 0; i < 1000; i++)
            _guest.PutVector(vectors + (8 * i), 32768, 1000);
        _guest.Process.Deliver(Signal.KILL);
        Assert.Throws<ProcessExitException>(() => _guest.Call(function, descriptor, vectors, 1000, Result));
        Assert.Equal(0, _guest.Int32(Result));
    }

    [Fact]
    public void A_kill_ends_a_large_allocation()
    {
        int descriptor = _guest.Open("/tmp/large", OpenFlags.ReadWrite | OpenFlags.Create);
        Assert.Equal(Errno.None, _guest.Call("fd_allocate", descriptor, 0, 40 << 20));
        Assert.Equal(Errno.None, _guest.Call("fd_filestat_set_size", descriptor, 3));
        Assert.Equal(Errno.EFBIG, _guest.Call("fd_allocate", descriptor, 1, long.MaxValue - 1));
        _guest.Process.Deliver(Signal.KILL);
        Assert.Throws<ProcessExitException>(() => _guest.Call("fd_allocate", descriptor, 0, 40 << 20));
        Assert.Equal(Errno.None, _guest.System.Files.GetStatus(_guest.System.Paths, "/tmp/large", true, out FileStatus status));
        Assert.Equal(3, status.Size);
    }

    [Fact]
    public void Fd_write_gathers_small_writes_to_a_pipe_into_one()
    {
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        _guest.Process.Descriptors.Set(1, writer);
        _guest.Put(Buffer, "one two");
        _guest.PutVector(Vectors, Buffer, 4);
        _guest.PutVector(Vectors + 8, Buffer + 4, 3);
        Assert.Equal(Errno.None, _guest.Call("fd_write", 1, Vectors, 2, Result));
        Assert.Equal(7, _guest.Int32(Result));
        byte[] bytes = new byte[100];
        Assert.Equal(Errno.None, reader.Read(bytes, null, out int count));
        Assert.Equal("one two", ByteText.FromBytes(bytes.AsSpan(0, count)));
        reader.Release();
    }

    [Fact]
    public void Fd_pread_and_fd_pwrite_leave_the_offset_alone()
    {
        _guest.System.Write("/tmp/f", "0123456789");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.ReadWrite);
        _guest.PutVector(Vectors, Buffer, 3);
        Assert.Equal(Errno.None, _guest.Call("fd_pread", descriptor, Vectors, 1, 4, Result));
        Assert.Equal("456", _guest.Text(Buffer, 3));
        _guest.Put(Buffer, "xyz");
        Assert.Equal(Errno.None, _guest.Call("fd_pwrite", descriptor, Vectors, 1, 1, Result));
        Assert.Equal("0xyz456789", _guest.System.Read("/tmp/f"));
        Assert.Equal(Errno.None, _guest.Call("fd_tell", descriptor, Result));
        Assert.Equal(0, _guest.Int64(Result));
        Assert.Equal(Errno.EINVAL, _guest.Call("fd_pread", descriptor, Vectors, 1, -1, Result));
    }

    [Theory]
    [InlineData(0, 4, 4)]
    [InlineData(1, 3, 5)]
    [InlineData(2, -1, 9)]
    public void Fd_seek_counts_from_begin_position_or_end(int whence, long offset, long expected)
    {
        _guest.System.Write("/tmp/f", "0123456789");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.ReadOnly);
        Assert.Equal(Errno.None, _guest.Call("fd_seek", descriptor, 2, 0, Result));
        Assert.Equal(Errno.None, _guest.Call("fd_seek", descriptor, offset, whence, Result));
        Assert.Equal(expected, _guest.Int64(Result));
    }

    [Fact]
    public void Fd_seek_refuses_what_makes_no_sense()
    {
        _guest.System.Write("/tmp/f", "");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.ReadOnly);
        Assert.Equal(Errno.EINVAL, _guest.Call("fd_seek", descriptor, 0, 3, Result));
        Assert.Equal(Errno.EINVAL, _guest.Call("fd_seek", descriptor, -1, 0, Result));
        Pipe.Create(out PipeReader reader, out PipeWriter writer);
        _guest.Process.Descriptors.Set(0, reader);
        Assert.Equal(Errno.ESPIPE, _guest.Call("fd_seek", 0, 0, 0, Result));
        Assert.Equal(Errno.EBADF, _guest.Call("fd_seek", _guest.Open("/tmp", OpenFlags.ReadOnly), 0, 0, Result));
        writer.Release();
    }

    [Fact]
    public void Fd_fdstat_get_tells_type_flags_and_rights()
    {
        _guest.System.Write("/tmp/f", "");
        int file = _guest.Open("/tmp/f", OpenFlags.WriteOnly | OpenFlags.Append);
        Assert.Equal(Errno.None, _guest.Call("fd_fdstat_get", file, Buffer));
        Assert.Equal(4, _guest.Memory[Buffer]);
        Assert.Equal(1, _guest.Memory[Buffer + 2]);
        long rights = _guest.Int64(Buffer + 8);
        Assert.Equal(1L << 6, rights & (1L << 6));
        Assert.Equal(0, rights & (1L << 1));
        Assert.Equal(0, _guest.Int64(Buffer + 16));
        int directory = _guest.Open("/tmp", OpenFlags.ReadOnly | OpenFlags.Directory);
        Assert.Equal(Errno.None, _guest.Call("fd_fdstat_get", directory, Buffer));
        Assert.Equal(3, _guest.Memory[Buffer]);
        Assert.NotEqual(0, _guest.Int64(Buffer + 8) & (1L << 13));
        Assert.NotEqual(0, _guest.Int64(Buffer + 16) & (1L << 6));
        int device = _guest.Open("/dev/null", OpenFlags.ReadOnly);
        Assert.Equal(Errno.None, _guest.Call("fd_fdstat_get", device, Buffer));
        Assert.Equal(2, _guest.Memory[Buffer]);
    }

    [Fact]
    public void Fd_fdstat_set_flags_makes_writes_append()
    {
        _guest.System.Write("/tmp/f", "abc");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.WriteOnly);
        Assert.Equal(Errno.None, _guest.Call("fd_fdstat_set_flags", descriptor, 1));
        _guest.Put(Buffer, "d");
        _guest.PutVector(Vectors, Buffer, 1);
        Assert.Equal(Errno.None, _guest.Call("fd_write", descriptor, Vectors, 1, Result));
        Assert.Equal("abcd", _guest.System.Read("/tmp/f"));
        Assert.Equal(Errno.EINVAL, _guest.Call("fd_fdstat_set_flags", descriptor, 32));
    }

    [Fact]
    public void Fd_fdstat_set_rights_gives_up_but_never_adds()
    {
        _guest.System.Write("/tmp/f", "");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.ReadOnly);
        Assert.Equal(Errno.None, _guest.Call("fd_fdstat_set_rights", descriptor, 1 << 1, 0));
        Assert.Equal(Errno.ENOTCAPABLE, _guest.Call("fd_fdstat_set_rights", descriptor, 1 << 6, 0));
    }

    [Fact]
    public void Fd_filestat_get_tells_size_type_and_links()
    {
        _guest.System.Write("/tmp/f", "12345");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.ReadOnly);
        Assert.Equal(Errno.None, _guest.Call("fd_filestat_get", descriptor, Buffer));
        Assert.Equal(4, _guest.Memory[Buffer + 16]);
        Assert.Equal(1, _guest.Int64(Buffer + 24));
        Assert.Equal(5, _guest.Int64(Buffer + 32));
    }

    [Fact]
    public void Fd_filestat_set_size_cuts_and_extends()
    {
        _guest.System.Write("/tmp/f", "12345");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.ReadWrite);
        Assert.Equal(Errno.None, _guest.Call("fd_filestat_set_size", descriptor, 2));
        Assert.Equal("12", _guest.System.Read("/tmp/f"));
        Assert.Equal(Errno.None, _guest.Call("fd_filestat_set_size", descriptor, 4));
        Assert.Equal("12\0\0", _guest.System.Read("/tmp/f"));
        Assert.Equal(Errno.EINVAL, _guest.Call("fd_filestat_set_size", descriptor, -1));
    }

    [Fact]
    public void Fd_filestat_set_times_sets_what_is_asked_for()
    {
        _guest.System.Write("/tmp/f", "");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.ReadWrite);
        Assert.Equal(Errno.None, _guest.Call("fd_filestat_set_times", descriptor, 111, 222_000, 1 | 4));
        Assert.Equal(Errno.None, _guest.Call("fd_filestat_get", descriptor, Buffer));
        Assert.Equal((111, 222_000), (_guest.Int64(Buffer + 40), _guest.Int64(Buffer + 48)));
        Assert.Equal(Errno.None, _guest.Call("fd_filestat_set_times", descriptor, 0, 0, 2));
        Assert.Equal(Errno.None, _guest.Call("fd_filestat_get", descriptor, Buffer));
        Assert.True(_guest.Int64(Buffer + 40) > 1_000_000_000_000_000_000);
        Assert.Equal(222_000, _guest.Int64(Buffer + 48));
        Assert.Equal(Errno.EINVAL, _guest.Call("fd_filestat_set_times", descriptor, 0, 0, 3));
    }

    [Fact]
    public void Fd_readdir_continues_by_cookies_and_cuts_the_last_entry()
    {
        _guest.System.Files.MakeDirectory(_guest.System.Paths, "/tmp/d", 0x1ff);
        for (int i = 0; i < 5; i++)
            _guest.System.Write($"/tmp/d/file{i}", "");
        int descriptor = _guest.Open("/tmp/d", OpenFlags.ReadOnly | OpenFlags.Directory);
        var names = new List<string>();
        long cookie = 0;
        while (true)
        {
            const int Size = 70;
            Assert.Equal(Errno.None, _guest.Call("fd_readdir", descriptor, Buffer, Size, cookie, Result));
            int used = _guest.Int32(Result);
            int at = Buffer;
            while (used - (at - Buffer) >= 24)
            {
                int length = _guest.Int32(at + 16);
                if (used - (at - Buffer) < 24 + length)
                    break;
                names.Add(_guest.Text(at + 24, length));
                cookie = _guest.Int64(at);
                at += 24 + length;
            }

            if (used < Size)
                break;
            Assert.True(at > Buffer);
        }

        Assert.Equal([".", "..", "file0", "file1", "file2", "file3", "file4"], names.Order());
        int file = _guest.Open("/tmp/d/file0", OpenFlags.ReadOnly);
        Assert.Equal(Errno.ENOTDIR, _guest.Call("fd_readdir", file, Buffer, 100, 0, Result));
    }

    [Fact]
    public void Fd_renumber_moves_a_descriptor()
    {
        _guest.System.Write("/tmp/a", "a");
        _guest.System.Write("/tmp/b", "b");
        int from = _guest.Open("/tmp/a", OpenFlags.ReadOnly);
        int to = _guest.Open("/tmp/b", OpenFlags.ReadOnly);
        Assert.Equal(Errno.EBADF, _guest.Call("fd_renumber", from, 77));
        Assert.Equal(Errno.None, _guest.Call("fd_renumber", from, to));
        _guest.PutVector(Vectors, Buffer, 1);
        Assert.Equal(Errno.None, _guest.Call("fd_read", to, Vectors, 1, Result));
        Assert.Equal("a", _guest.Text(Buffer, 1));
        Assert.Equal(Errno.EBADF, _guest.Call("fd_close", from));
    }

    [Fact]
    public void Small_calls_on_a_file()
    {
        _guest.System.Write("/tmp/f", "x");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.ReadWrite);
        Assert.Equal(Errno.None, _guest.Call("fd_advise", descriptor, 0, 10, 3));
        Assert.Equal(Errno.EINVAL, _guest.Call("fd_advise", descriptor, 0, 10, 6));
        Assert.Equal(Errno.None, _guest.Call("fd_allocate", descriptor, 0, 100));
        Assert.Equal(Errno.None, _guest.Call("fd_filestat_get", descriptor, Buffer));
        Assert.Equal(100, _guest.Int64(Buffer + 32));
        Assert.Equal(Errno.EINVAL, _guest.Call("fd_allocate", descriptor, -1, 100));
        Assert.Equal(Errno.None, _guest.Call("fd_sync", descriptor));
        Assert.Equal(Errno.None, _guest.Call("fd_datasync", descriptor));
        Assert.Equal(Errno.None, _guest.Call("fd_close", descriptor));
        Assert.Equal(Errno.EBADF, _guest.Call("fd_sync", descriptor));
        Assert.Equal(Errno.EBADF, _guest.Call("fd_close", descriptor));
    }

    [Fact]
    public void Preopened_directories_are_told_by_number_and_name()
    {
        PSSandbox.Wasi.StartingDirectories.Open(_guest.State);
        Assert.Equal(Errno.None, _guest.Call("fd_prestat_get", 3, Buffer));
        Assert.Equal((0, 1), (_guest.Int32(Buffer), _guest.Int32(Buffer + 4)));
        Assert.Equal(Errno.None, _guest.Call("fd_prestat_dir_name", 3, Buffer, 1));
        Assert.Equal("/", _guest.Text(Buffer, 1));
        Assert.Equal(Errno.ENAMETOOLONG, _guest.Call("fd_prestat_dir_name", 3, Buffer, 0));
        Assert.Equal(Errno.EBADF, _guest.Call("fd_prestat_get", 4, Buffer));
        Assert.Equal(Errno.None, _guest.Call("fd_close", 3));
        Assert.Equal(Errno.EBADF, _guest.Call("fd_prestat_get", 3, Buffer));
    }

    [Fact]
    public void Pointers_outside_the_memory_are_refused()
    {
        _guest.System.Write("/tmp/f", "hello");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.ReadWrite);
        Assert.Equal(Errno.EFAULT, _guest.Call("fd_read", descriptor, Outside - 4, 1, Result));
        Assert.Equal(Errno.EFAULT, _guest.Call("fd_read", descriptor, -8, 1, Result));
        _guest.PutVector(Vectors, Outside - 1, 2);
        Assert.Equal(Errno.EFAULT, _guest.Call("fd_read", descriptor, Vectors, 1, Result));
        _guest.PutVector(Vectors, -1, 2);
        Assert.Equal(Errno.EFAULT, _guest.Call("fd_write", descriptor, Vectors, 1, Result));
        _guest.PutVector(Vectors, Buffer, -1);
        Assert.Equal(Errno.EFAULT, _guest.Call("fd_write", descriptor, Vectors, 1, Result));
        Assert.Equal(Errno.EINVAL, _guest.Call("fd_read", descriptor, Vectors, 1025, Result));
        Assert.Equal(Errno.EINVAL, _guest.Call("fd_write", descriptor, Vectors, -1, Result));
        Assert.Equal(Errno.EFAULT, _guest.Call("fd_filestat_get", descriptor, Outside - 63));
        Assert.Equal(Errno.EFAULT, _guest.Call("fd_fdstat_get", descriptor, Outside - 23));
    }

    [Fact]
    public void Sockets_are_not_supported()
    {
        _guest.System.Write("/tmp/f", "");
        int descriptor = _guest.Open("/tmp/f", OpenFlags.ReadOnly);
        Assert.Equal(Errno.ENOTSUP, _guest.Call("sock_accept", descriptor, 0, Result));
        Assert.Equal(Errno.ENOTSUP, _guest.Call("sock_recv", descriptor, Vectors, 0, 0, Result, Result));
        Assert.Equal(Errno.ENOTSUP, _guest.Call("sock_send", descriptor, Vectors, 0, 0, Result));
        Assert.Equal(Errno.ENOTSUP, _guest.Call("sock_shutdown", descriptor, 0));
        Assert.Equal(Errno.EBADF, _guest.Call("sock_shutdown", 99, 0));
    }

    [Fact]
    public void Sockets_of_WasmEdge_are_refused_when_they_are_asked_for()
    {
        using var guest = new Guest(Guest.WasmEdge);
        Assert.Equal(Errno.ENOTSUP, guest.Call("sock_open", 1, 2, Result));
        Assert.Equal(Errno.ENOTSUP, guest.Call("sock_getaddrinfo", 0, -1, 0, 5, Result, Result, 10, Result));
        Assert.Equal(Errno.ENOTSUP, guest.Call("sock_accept", 0, Result));
        Assert.Equal(Errno.EBADF, guest.Call("sock_connect", 99, Result, 80));
    }

    [Fact]
    public void Snapshot_0_has_its_own_numbers_and_layouts()
    {
        using var old = new Guest("wasi_unstable");
        old.System.Write("/tmp/f", "0123456789");
        int descriptor = old.Open("/tmp/f", OpenFlags.ReadOnly);
        Assert.Equal(Errno.None, old.Call("fd_seek", descriptor, 4, 2, Result));
        Assert.Equal(Errno.None, old.Call("fd_seek", descriptor, 3, 0, Result));
        Assert.Equal(7, old.Int64(Result));
        Assert.Equal(Errno.None, old.Call("fd_seek", descriptor, 0, 1, Result));
        Assert.Equal(10, old.Int64(Result));
        Assert.Equal(Errno.None, old.Call("fd_filestat_get", descriptor, Buffer));
        Assert.Equal(1, old.Int32(Buffer + 20));
        Assert.Equal(10, old.Int64(Buffer + 24));
        old.Memory[..200].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(old.Memory[24..], 1);
        BinaryPrimitives.WriteInt64LittleEndian(old.Memory[32..], 1);
        Assert.Equal(Errno.None, old.Call("poll_oneoff", 0, Buffer, 1, Result));
        Assert.Equal(1, old.Int32(Result));
    }
}
