using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

public sealed class OverlayTests : IDisposable
{
    private readonly string _host = Directory.CreateTempSubdirectory("pssandbox-test-").FullName;
    private readonly StorageAccount _account = new(byteLimit: 1 << 20);
    private readonly Tree _tree = new();

    public OverlayTests()
    {
        Directory.CreateDirectory(Path.Join(_host, "d/sub"));
        File.WriteAllText(Path.Join(_host, "f"), "lower content");
        File.WriteAllText(Path.Join(_host, "d/g"), "deep");
        File.WriteAllBytes(Path.Join(_host, "big"), new byte[3 << 20]);
        File.CreateSymbolicLink(Path.Join(_host, "l"), "d/g");
        Assert.Equal(Errno.None, HostMount.Open(_host, readOnly: true, default, out HostMount? mount));
        Assert.Equal(Errno.None, OverlayMount.Create(mount!.Root, _account, out Node? root));
        _tree.Directory("/mnt");
        Assert.Equal(Errno.None, _tree.Files.Mount(_tree.Context, "/mnt", root!, new MountEntry("overlay", "/mnt", "overlay")));
    }

    public void Dispose() => Directory.Delete(_host, recursive: true);

    private static string[] Look(string path) =>
        [.. Directory.EnumerateFileSystemEntries(path, "*", SearchOption.AllDirectories).Order().Select(p => $"{p} {(File.Exists(p) ? File.ReadAllText(p) : "")}")];

    [Fact]
    public void What_is_below_is_seen_and_costs_nothing()
    {
        Assert.Equal("lower content", _tree.Read("/mnt/f"));
        Assert.Equal("deep", _tree.Read("/mnt/l"));
        Assert.Equal(["big", "d", "f", "l"], _tree.List("/mnt").Order());
        Assert.Equal(13, _tree.Status("/mnt/f").Size);
        Assert.Equal(3, _tree.Status("/mnt/d").Links);
        Assert.Equal(0, _account.Bytes);
    }

    [Fact]
    public void Every_change_stays_above()
    {
        string[] before = Look(_host);
        _tree.Write("/mnt/new", "n");
        Assert.Equal(Errno.None, _tree.Files.Open(_tree.Context, "/mnt/f", OpenFlags.ReadWrite | OpenFlags.Append, 0, out OpenFile? file));
        byte[] buffer = new byte[5];
        Assert.Equal(Errno.None, file!.Read(buffer, null, out _));
        Assert.Equal("lower"u8, buffer);
        Assert.Equal(Errno.None, file.Write(" and more"u8, null, out _));
        file.Release();
        Assert.Equal("lower content and more", _tree.Read("/mnt/f"));
        Assert.Equal(Errno.None, _tree.Files.Rename(_tree.Context, "/mnt/d", _tree.Context, "/mnt/e"));
        Assert.Equal("deep", _tree.Read("/mnt/e/g"));
        Assert.Equal(Errno.ENOENT, _tree.Files.Resolve(_tree.Context, "/mnt/l", true, out _));
        Assert.Equal(Errno.None, _tree.Files.Remove(_tree.Context, "/mnt/e/g"));
        Assert.Equal(Errno.None, _tree.Files.RemoveDirectory(_tree.Context, "/mnt/e/sub"));
        Assert.Equal(Errno.None, _tree.Files.RemoveDirectory(_tree.Context, "/mnt/e"));
        _tree.Directory("/mnt/d");
        Assert.Equal([], _tree.List("/mnt/d"));
        Assert.Equal(Errno.None, _tree.Files.ChangeMode(_tree.Context, "/mnt/big", 0, true));
        Assert.Equal(Errno.None, _tree.Files.ChangeOwner(_tree.Context, "/mnt/big", 7, 7, true));
        Assert.Equal((0, 7), (_tree.Status("/mnt/big").Mode, _tree.Status("/mnt/big").UserId));
        Assert.Equal(Errno.None, _tree.Files.Link(_tree.Context, "/mnt/big", _tree.Context, "/mnt/link", false));
        Assert.Equal(["big", "d", "f", "l", "link", "new"], _tree.List("/mnt").Order());
        Assert.Equal(before, Look(_host));
    }

    [Fact]
    public void Copying_up_is_counted_and_refused_at_the_limit()
    {
        Assert.Equal(Errno.None, _tree.Files.Open(_tree.Context, "/mnt/big", OpenFlags.ReadWrite, 0, out OpenFile? file));
        Assert.Equal(Errno.ENOSPC, file!.WriteAt("x"u8, 0, out _));
        Assert.Equal(0, _account.Bytes);
        byte[] buffer = new byte[10];
        Assert.Equal(Errno.None, file.ReadAt(buffer, (3 << 20) - 4, out int count));
        Assert.Equal(4, count);
        Assert.Equal(Errno.None, file.Node!.SetStatus(new StatusChange { Size = 0 }));
        Assert.Equal(Errno.None, file.WriteAt("x"u8, 0, out _));
        file.Release();
        Assert.Equal("x", _tree.Read("/mnt/big"));
        Assert.Equal(Errno.None, _tree.Files.Remove(_tree.Context, "/mnt/big"));
        Assert.Equal(0, _account.Bytes);
        Assert.Equal(3 << 20, new FileInfo(Path.Join(_host, "big")).Length);
    }

    [Fact]
    public void A_removed_file_can_be_read_by_who_has_it_open()
    {
        Assert.Equal(Errno.None, _tree.Files.Open(_tree.Context, "/mnt/f", OpenFlags.ReadOnly, 0, out OpenFile? file));
        Assert.Equal("lower content", Tree.ReadToEnd(file!));
        Assert.Equal(Errno.None, _tree.Files.Remove(_tree.Context, "/mnt/f"));
        Assert.Equal(Errno.None, file!.Seek(0, SeekOrigin.Begin, out _));
        Assert.Equal("lower content", Tree.ReadToEnd(file));
        file.Release();
        Assert.Equal(Errno.ENOENT, _tree.Files.Resolve(_tree.Context, "/mnt/f", true, out _));
        Assert.True(File.Exists(Path.Join(_host, "f")));
    }

    [Fact]
    public void A_single_file_can_lie_below_too()
    {
        Assert.Equal(Errno.None, HostMount.Open(Path.Join(_host, "f"), readOnly: true, default, out HostMount? mount));
        Assert.Equal(Errno.None, OverlayMount.Create(mount!.Root, _account, out Node? root));
        _tree.Write("/one", "");
        Assert.Equal(Errno.None, _tree.Files.Mount(_tree.Context, "/one", root!, new MountEntry("overlay", "/one", "overlay")));
        Assert.Equal("lower content", _tree.Read("/one"));
        _tree.Write("/one", "above");
        Assert.Equal("above", _tree.Read("/one"));
        Assert.Equal("lower content", File.ReadAllText(Path.Join(_host, "f")));
    }
}
