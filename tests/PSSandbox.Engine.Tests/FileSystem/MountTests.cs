using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

public sealed class MountTests
{
    private static readonly MountEntry Entry = new("tmpfs", "/mnt", "tmpfs");

    [Fact]
    public void A_mounted_tree_is_crossed_both_ways()
    {
        var tree = new Tree();
        tree.Directory("/mnt");
        tree.Write("/mnt/hidden", "below");
        var other = new MemoryFileSystem(new StorageAccount());
        Assert.Equal(Errno.None, tree.Files.Mount(tree.Context, "/mnt", other.Root, Entry));
        Assert.Equal(Errno.ENOENT, tree.Files.Resolve(tree.Context, "/mnt/hidden", true, out _));
        tree.Directory("/mnt/sub");
        tree.Write("/mnt/sub/f", "x");
        tree.Symlink("/mnt/sub/f", "/mnt/abs");
        Assert.Equal("x", tree.Read("/mnt/sub/../../mnt/abs"));
        Assert.Equal(Errno.None, tree.Files.Resolve(tree.Context, "/mnt/sub", true, out Node? sub));
        Assert.Equal("/mnt/sub", tree.Files.PathOf(sub!, tree.Files.Root));
        Assert.Equal(Errno.None, tree.Files.Resolve(tree.In("/mnt/sub"), "../..", true, out Node? above));
        Assert.Same(tree.Files.Root, above);
        tree.Write("/f", "y");
        Assert.Equal(Errno.EXDEV, tree.Files.Rename(tree.Context, "/f", tree.Context, "/mnt/f"));
        Assert.Equal(Errno.EXDEV, tree.Files.Link(tree.Context, "/f", tree.Context, "/mnt/f", false));
        Assert.Equal(Errno.EBUSY, tree.Files.Rename(tree.Context, "/mnt", tree.Context, "/away"));
        Assert.Equal(Errno.EBUSY, tree.Files.RemoveDirectory(tree.Context, "/mnt"));
        Assert.Equal(2, tree.Files.Mounts.Count);
        Assert.Equal(Errno.None, tree.Files.Unmount(tree.Context, "/mnt"));
        Assert.Equal("below", tree.Read("/mnt/hidden"));
        Assert.Equal(Errno.EINVAL, tree.Files.Unmount(tree.Context, "/mnt"));
        Assert.Equal(Errno.EBUSY, tree.Files.Unmount(tree.Context, "/"));
    }

    [Fact]
    public void Mounts_lie_over_and_inside_each_other()
    {
        var tree = new Tree();
        tree.Directory("/mnt");
        var first = new MemoryFileSystem(new StorageAccount());
        var second = new MemoryFileSystem(new StorageAccount());
        var inner = new MemoryFileSystem(new StorageAccount());
        Assert.Equal(Errno.None, tree.Files.Mount(tree.Context, "/mnt", first.Root, Entry));
        tree.Write("/mnt/which", "first");
        tree.Directory("/mnt/in");
        Assert.Equal(Errno.None, tree.Files.Mount(tree.Context, "/mnt/in", inner.Root, Entry));
        Assert.Equal(Errno.EBUSY, tree.Files.Unmount(tree.Context, "/mnt"));
        Assert.Equal(Errno.None, tree.Files.Unmount(tree.Context, "/mnt/in"));
        Assert.Equal(Errno.None, tree.Files.Mount(tree.Context, "/mnt", second.Root, Entry));
        tree.Write("/mnt/which", "second");
        Assert.Equal(Errno.None, tree.Files.Resolve(tree.In("/mnt"), "..", true, out Node? above));
        Assert.Same(tree.Files.Root, above);
        Assert.Equal(Errno.None, tree.Files.Unmount(tree.Context, "/mnt"));
        Assert.Equal("first", tree.Read("/mnt/which"));
    }

    [Fact]
    public void A_single_file_can_be_mounted_over_a_file_only()
    {
        var tree = new Tree();
        tree.Write("/target", "old");
        tree.Directory("/d");
        var other = new MemoryFileSystem(new StorageAccount());
        other.Root.Create("f", new NodeCreation(FileType.Regular, 0x1a4, Credentials.Root), out Node? file);
        Assert.Equal(Errno.ENOTDIR, tree.Files.Mount(tree.Context, "/d", file!, Entry));
        Assert.Equal(Errno.ENOTDIR, tree.Files.Mount(tree.Context, "/target", other.Root, Entry));
        Assert.Equal(Errno.None, tree.Files.Mount(tree.Context, "/target", file!, Entry));
        tree.Write("/target", "through");
        Assert.Equal("through", tree.Read("/target"));
        Assert.Equal(Errno.EBUSY, tree.Files.Remove(tree.Context, "/target"));
        Assert.Equal(Errno.None, tree.Files.Unmount(tree.Context, "/target"));
        Assert.Equal("old", tree.Read("/target"));
    }

    [Fact]
    public void A_changed_root_holds_its_inmates()
    {
        var tree = new Tree();
        tree.Directory("/jail");
        tree.Directory("/jail/etc");
        tree.Write("/secret", "s");
        tree.Symlink("/../../secret", "/jail/out");
        tree.Symlink("../../../secret", "/jail/etc/out");
        Assert.Equal(Errno.None, tree.Files.Resolve(tree.Context, "/jail", true, out Node? jail));
        var inside = new PathContext(jail!, jail!, Credentials.Root);
        Assert.Equal(Errno.ENOENT, tree.Files.Resolve(inside, "/out", true, out _));
        Assert.Equal(Errno.ENOENT, tree.Files.Resolve(inside, "etc/out", true, out _));
        Assert.Equal(Errno.ENOENT, tree.Files.Resolve(inside, "../secret", true, out _));
        Assert.Equal(Errno.None, tree.Files.Resolve(inside, "/../..", true, out Node? top));
        Assert.Same(jail, top);
        Assert.Equal("/", tree.Files.PathOf(jail!, jail!));
        Assert.Equal("", tree.Files.PathOf(tree.Files.Root, jail!));
    }
}
