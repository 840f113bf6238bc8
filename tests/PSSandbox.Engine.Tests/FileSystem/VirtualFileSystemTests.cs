using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

public sealed class VirtualFileSystemTests
{
    private static Tree Sample()
    {
        var tree = new Tree();
        tree.Directory("/d");
        tree.Directory("/d/sub");
        tree.Directory("/empty");
        tree.Write("/f", "content");
        tree.Write("/d/g", "inner");
        tree.Symlink("f", "/lf");
        tree.Symlink("/d", "/ld");
        tree.Symlink("d/", "/lds");
        tree.Symlink("missing", "/dangling");
        tree.Symlink("loop2", "/loop1");
        tree.Symlink("loop1", "/loop2");
        tree.Symlink("../ld/../f", "/d/up");
        tree.Symlink("/", "/lroot");
        return tree;
    }

    [Theory]
    [InlineData("", "ENOENT", "ENOENT")]
    [InlineData("/", "None", "None")]
    [InlineData("////", "None", "None")]
    [InlineData("/f", "None", "None")]
    [InlineData("f", "None", "None")]
    [InlineData("/f/", "ENOTDIR", "ENOTDIR")]
    [InlineData("/f/.", "ENOTDIR", "ENOTDIR")]
    [InlineData("/f/..", "ENOTDIR", "ENOTDIR")]
    [InlineData("/f/x", "ENOTDIR", "ENOTDIR")]
    [InlineData("/d/", "None", "None")]
    [InlineData("/d//sub/./../g", "None", "None")]
    [InlineData("/../../d", "None", "None")]
    [InlineData("/lf", "None", "None")]
    [InlineData("/lf/", "ENOTDIR", "ENOTDIR")]
    [InlineData("/ld/g", "None", "None")]
    [InlineData("/ld/", "None", "None")]
    [InlineData("/lds", "None", "None")]
    [InlineData("/lds/g", "None", "None")]
    [InlineData("/dangling", "ENOENT", "None")]
    [InlineData("/dangling/", "ENOENT", "ENOENT")]
    [InlineData("/dangling/x", "ENOENT", "ENOENT")]
    [InlineData("/loop1", "ELOOP", "None")]
    [InlineData("/loop1/", "ELOOP", "ELOOP")]
    [InlineData("/loop1/x", "ELOOP", "ELOOP")]
    [InlineData("/d/up", "None", "None")]
    [InlineData("/ld/up", "None", "None")]
    [InlineData("/lroot", "None", "None")]
    [InlineData("/lroot/d/g", "None", "None")]
    [InlineData("/lroot/lroot/lds/sub/../up", "None", "None")]
    [InlineData("/missing/x", "ENOENT", "ENOENT")]
    [InlineData("a\0b", "EINVAL", "EINVAL")]
    public void Paths_resolve_as_on_Linux(string path, string followed, string notFollowed)
    {
        Tree tree = Sample();
        Assert.Equal(followed, tree.Files.GetStatus(tree.Context, path, true, out _).ToString());
        Assert.Equal(notFollowed, tree.Files.GetStatus(tree.Context, path, false, out _).ToString());
    }

    [Theory]
    [InlineData("/new", (int)(OpenFlags.ReadOnly), "ENOENT")]
    [InlineData("/new", (int)(OpenFlags.WriteOnly | OpenFlags.Create), "None")]
    [InlineData("/new/", (int)(OpenFlags.WriteOnly | OpenFlags.Create), "EISDIR")]
    [InlineData("/f", (int)(OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive), "EEXIST")]
    [InlineData("/dangling", (int)(OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive), "EEXIST")]
    [InlineData("/dangling", (int)(OpenFlags.WriteOnly | OpenFlags.Create), "None")]
    [InlineData("/d", (int)(OpenFlags.WriteOnly), "EISDIR")]
    [InlineData("/d", (int)(OpenFlags.ReadOnly | OpenFlags.Create), "EISDIR")]
    [InlineData("/d", (int)(OpenFlags.ReadOnly | OpenFlags.Truncate), "EISDIR")]
    [InlineData("/", (int)(OpenFlags.ReadOnly | OpenFlags.Create), "EISDIR")]
    [InlineData("/d/..", (int)(OpenFlags.ReadOnly | OpenFlags.Create | OpenFlags.Exclusive), "EEXIST")]
    [InlineData("/f", (int)(OpenFlags.ReadOnly | OpenFlags.Directory), "ENOTDIR")]
    [InlineData("/lf", (int)(OpenFlags.ReadOnly | OpenFlags.NoFollow), "ELOOP")]
    [InlineData("/lf", (int)(OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.Directory), "ENOTDIR")]
    [InlineData("/ld/", (int)(OpenFlags.ReadOnly | OpenFlags.NoFollow), "None")]
    [InlineData("/f", (int)(OpenFlags.AccessMask), "EINVAL")]
    [InlineData("/f", (int)(OpenFlags.ReadOnly | OpenFlags.Create | OpenFlags.Directory), "EINVAL")]
    public void Opening_follows_the_rules(string path, int flags, string expected)
    {
        Tree tree = Sample();
        Assert.Equal(expected, tree.Files.Open(tree.Context, path, (OpenFlags)flags, 0x1a4, out OpenFile? file).ToString());
        Assert.Equal(expected == "None", file is not null);
        file?.Release();
    }

    [Fact]
    public void Names_and_paths_have_their_limits()
    {
        Tree tree = Sample();
        string longest = new('n', VirtualFileSystem.MaxName);
        tree.Write("/" + longest, "x");
        Assert.Equal("x", tree.Read("/" + longest));
        Assert.Equal(Errno.ENAMETOOLONG, tree.Files.MakeDirectory(tree.Context, "/" + longest + "n", 0x1ff));
        Assert.Equal(Errno.None, tree.Files.Resolve(tree.Context, new string('/', 4095), true, out _));
        Assert.Equal(Errno.ENAMETOOLONG, tree.Files.Resolve(tree.Context, new string('/', 4097), true, out _));
        Assert.Equal(Errno.ENAMETOOLONG, tree.Files.MakeSymbolicLink(tree.Context, new string('t', 4096), "/t"));
    }

    [Fact]
    public void Forty_links_are_followed_and_one_more_is_too_many()
    {
        var tree = new Tree();
        tree.Write("/0", "end");
        for (int i = 1; i <= 41; i++)
            tree.Symlink($"{i - 1}", $"/{i}");
        Assert.Equal("end", tree.Read("/40"));
        Assert.Equal(Errno.ELOOP, tree.Files.Resolve(tree.Context, "/41", true, out _));
    }

    [Theory]
    [InlineData("/f", "/new", "None")]
    [InlineData("/f", "/new/", "ENOTDIR")]
    [InlineData("/f", "/d", "EISDIR")]
    [InlineData("/f", "/f", "None")]
    [InlineData("/d", "/f", "ENOTDIR")]
    [InlineData("/d", "/empty", "None")]
    [InlineData("/d", "/empty/", "None")]
    [InlineData("/empty", "/d", "ENOTEMPTY")]
    [InlineData("/d", "/d/sub/x", "EINVAL")]
    [InlineData("/d", "/d/sub", "EINVAL")]
    [InlineData("/d/sub", "/d", "ENOTEMPTY")]
    [InlineData("/d", "/ld/sub/x", "EINVAL")]
    [InlineData("/ld", "/moved", "None")]
    [InlineData("/ld/", "/moved", "ENOTDIR")]
    [InlineData("/missing", "/x", "ENOENT")]
    [InlineData("/d/.", "/x", "EBUSY")]
    [InlineData("/d", "/x/..", "ENOENT")]
    [InlineData("/d", "/empty/..", "EBUSY")]
    [InlineData("/", "/x", "EBUSY")]
    [InlineData("/f", "/missing/x", "ENOENT")]
    [InlineData("/f", "/lf", "None")]
    public void Renaming_follows_the_rules(string from, string to, string expected)
    {
        Tree tree = Sample();
        Assert.Equal(expected, tree.Files.Rename(tree.Context, from, tree.Context, to).ToString());
    }

    [Theory]
    [InlineData("/f", "None", "ENOTDIR")]
    [InlineData("/f/", "ENOTDIR", "ENOTDIR")]
    [InlineData("/d", "EISDIR", "ENOTEMPTY")]
    [InlineData("/d/", "EISDIR", "ENOTEMPTY")]
    [InlineData("/empty", "EISDIR", "None")]
    [InlineData("/empty/", "EISDIR", "None")]
    [InlineData("/ld", "None", "ENOTDIR")]
    [InlineData("/ld/", "ENOTDIR", "ENOTDIR")]
    [InlineData("/loop1", "None", "ENOTDIR")]
    [InlineData("/", "EISDIR", "EBUSY")]
    [InlineData("/empty/.", "EISDIR", "EINVAL")]
    [InlineData("/empty/..", "EISDIR", "ENOTEMPTY")]
    [InlineData("/missing", "ENOENT", "ENOENT")]
    public void Removing_follows_the_rules(string path, string unlink, string rmdir)
    {
        Tree tree = Sample();
        Assert.Equal(unlink, tree.Files.Remove(tree.Context, path).ToString());
        tree = Sample();
        Assert.Equal(rmdir, tree.Files.RemoveDirectory(tree.Context, path).ToString());
    }
}
