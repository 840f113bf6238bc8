using PSSandbox.FileSystem;

namespace PSSandbox.Tests.Wasi;

/// <summary>Preview 1's path_* functions, through a real module.</summary>
public sealed class Preview1PathTests : IDisposable
{
    private const int Path = 1024;
    private const int OtherPath = 8192;
    private const int Result = 64;
    private const int Vectors = 16;
    private const int Follow = 1;
    private const long Read = 1 << 1;
    private const long Write = 1 << 6;
    private readonly Guest _guest = new();
    private readonly int _root;

    public Preview1PathTests() => _root = _guest.Open("/", OpenFlags.ReadOnly | OpenFlags.Directory);

    public void Dispose() => _guest.Dispose();

    private Errno OpenPath(string path, int create, long rights, int flags = 0, int lookup = Follow) =>
        _guest.Call("path_open", _root, lookup, Path, _guest.Put(Path, path), create, rights, 0, flags, Result);

    [Fact]
    public void Path_open_creates_and_truncates_by_its_flags()
    {
        Assert.Equal(Errno.ENOENT, OpenPath("tmp/new", 0, Write));
        Assert.Equal(Errno.None, OpenPath("tmp/new", 1, Write));
        int descriptor = _guest.Int32(Result);
        _guest.Put(Path, "data");
        _guest.PutVector(Vectors, Path, 4);
        Assert.Equal(Errno.None, _guest.Call("fd_write", descriptor, Vectors, 1, Result));
        Assert.Equal("data", _guest.System.Read("/tmp/new"));
        Assert.Equal(Errno.EEXIST, OpenPath("tmp/new", 1 | 4, Write));
        Assert.Equal(Errno.None, OpenPath("tmp/new", 8, Write));
        Assert.Equal("", _guest.System.Read("/tmp/new"));
        Assert.Equal(Errno.EINVAL, OpenPath("tmp/new", 16, Write));
    }

    [Fact]
    public void Path_open_opens_for_what_the_rights_ask()
    {
        _guest.System.Write("/tmp/f", "x");
        Assert.Equal(Errno.None, OpenPath("tmp/f", 0, Read));
        int readOnly = _guest.Int32(Result);
        _guest.PutVector(Vectors, Path, 1);
        Assert.Equal(Errno.EBADF, _guest.Call("fd_write", readOnly, Vectors, 1, Result));
        Assert.Equal(Errno.None, OpenPath("tmp/f", 0, Write));
        int writeOnly = _guest.Int32(Result);
        Assert.Equal(Errno.EBADF, _guest.Call("fd_read", writeOnly, Vectors, 1, Result));
        Assert.Equal(Errno.None, OpenPath("tmp/f", 0, Read | Write));
        int both = _guest.Int32(Result);
        Assert.Equal(Errno.None, _guest.Call("fd_read", both, Vectors, 1, Result));
        Assert.Equal(Errno.EISDIR, OpenPath("tmp", 0, Read | Write));
        Assert.Equal(Errno.EISDIR, OpenPath("tmp", 2, Read | Write));
        Assert.Equal(Errno.None, OpenPath("tmp", 2, Read));
        Assert.Equal(Errno.ENOTDIR, OpenPath("tmp/f", 2, Read));
    }

    [Fact]
    public void Symbolic_links_are_followed_only_when_asked_to_be()
    {
        Assert.Equal(Errno.None, _guest.Call("path_symlink", Path, _guest.Put(Path, "/etc/passwd"), _root, OtherPath, _guest.Put(OtherPath, "tmp/link")));
        Assert.Equal(Errno.None, OpenPath("tmp/link", 0, Read));
        Assert.Equal(Errno.ELOOP, OpenPath("tmp/link", 0, Read, lookup: 0));
        Assert.Equal(Errno.None, _guest.Call("path_readlink", _root, Path, _guest.Put(Path, "tmp/link"), OtherPath, 100, Result));
        Assert.Equal("/etc/passwd", _guest.Text(OtherPath, _guest.Int32(Result)));
        Assert.Equal(Errno.None, _guest.Call("path_readlink", _root, Path, _guest.Put(Path, "tmp/link"), OtherPath, 4, Result));
        Assert.Equal("/etc", _guest.Text(OtherPath, _guest.Int32(Result)));
        Assert.Equal(Errno.None, _guest.Call("path_filestat_get", _root, 0, Path, _guest.Put(Path, "tmp/link"), OtherPath));
        Assert.Equal(7, _guest.Memory[OtherPath + 16]);
        Assert.Equal(Errno.None, _guest.Call("path_filestat_get", _root, Follow, Path, _guest.Put(Path, "tmp/link"), OtherPath));
        Assert.Equal(4, _guest.Memory[OtherPath + 16]);
    }

    [Fact]
    public void Directories_are_made_and_removed()
    {
        int length = _guest.Put(Path, "tmp/d");
        Assert.Equal(Errno.None, _guest.Call("path_create_directory", _root, Path, length));
        Assert.Equal(Errno.EEXIST, _guest.Call("path_create_directory", _root, Path, length));
        Assert.Equal(Errno.EISDIR, _guest.Call("path_unlink_file", _root, Path, length));
        _guest.System.Write("/tmp/d/f", "");
        Assert.Equal(Errno.ENOTEMPTY, _guest.Call("path_remove_directory", _root, Path, length));
        Assert.Equal(Errno.None, _guest.Call("path_unlink_file", _root, Path, _guest.Put(Path, "tmp/d/f")));
        Assert.Equal(Errno.None, _guest.Call("path_remove_directory", _root, Path, _guest.Put(Path, "tmp/d")));
        Assert.Equal(Errno.ENOENT, _guest.Call("path_remove_directory", _root, Path, _guest.Put(Path, "tmp/d")));
    }

    [Fact]
    public void Names_are_linked_and_renamed()
    {
        _guest.System.Write("/tmp/a", "content");
        Assert.Equal(Errno.None, _guest.Call("path_link", _root, 0, Path, _guest.Put(Path, "tmp/a"), _root, OtherPath, _guest.Put(OtherPath, "tmp/b")));
        Assert.Equal(Errno.None, _guest.Call("path_filestat_get", _root, 0, Path, _guest.Put(Path, "tmp/b"), OtherPath));
        Assert.Equal(2, _guest.Int64(OtherPath + 24));
        Assert.Equal(Errno.None, _guest.Call("path_rename", _root, Path, _guest.Put(Path, "tmp/a"), _root, OtherPath, _guest.Put(OtherPath, "tmp/c")));
        Assert.Equal("content", _guest.System.Read("/tmp/c"));
        Assert.Equal(Errno.ENOENT, OpenPath("tmp/a", 0, Read));
    }

    [Fact]
    public void Path_filestat_set_times_sets_them()
    {
        _guest.System.Write("/tmp/f", "");
        Assert.Equal(Errno.None, _guest.Call("path_filestat_set_times", _root, Follow, Path, _guest.Put(Path, "tmp/f"), 5, 7_000, 1 | 4));
        Assert.Equal(Errno.None, _guest.Call("path_filestat_get", _root, Follow, Path, _guest.Put(Path, "tmp/f"), OtherPath));
        Assert.Equal((5, 7_000), (_guest.Int64(OtherPath + 40), _guest.Int64(OtherPath + 48)));
    }

    [Fact]
    public void Paths_of_no_use_are_refused()
    {
        Assert.Equal(Errno.ENOENT, OpenPath("", 0, Read));
        Assert.Equal(Errno.EINVAL, OpenPath("tmp/\0x", 0, Read));
        Assert.Equal(Errno.ENAMETOOLONG, OpenPath(new string('a', 4096), 0, Read));
        Assert.Equal(Errno.EFAULT, _guest.Call("path_open", _root, 0, -16, 32, 0, Read, 0, 0, Result));
        Assert.Equal(Errno.EBADF, _guest.Call("path_open", 55, 0, Path, _guest.Put(Path, "x"), 0, Read, 0, 0, Result));
        Assert.Equal(Errno.EBADF, _guest.Call("path_open", -1, 0, Path, _guest.Put(Path, "x"), 0, Read, 0, 0, Result));
        int file = _guest.Open("/etc/passwd", OpenFlags.ReadOnly);
        Assert.Equal(Errno.ENOTDIR, _guest.Call("path_open", file, 0, Path, _guest.Put(Path, "x"), 0, Read, 0, 0, Result));
    }

    [Fact]
    public void Dots_do_not_lead_out_of_the_tree()
    {
        Assert.Equal(Errno.None, OpenPath("../../../../etc/passwd", 0, Read));
        Assert.Equal(Errno.ENOENT, OpenPath("../../../../proc/version_of_the_host", 0, Read));
    }
}
