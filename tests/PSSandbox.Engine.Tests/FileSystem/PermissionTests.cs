using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

public sealed class PermissionTests
{
    [Theory]
    [InlineData(0x1c0, 1, 1, 7, true)]     // 0700, the owner
    [InlineData(0x1c0, 2, 1, 4, false)]    // a group member
    [InlineData(0x038, 2, 1, 7, true)]     // 0070
    [InlineData(0x038, 1, 1, 4, false)]    // the owner's bits count for the owner alone
    [InlineData(0x007, 2, 2, 7, true)]     // 0007, another
    [InlineData(0x000, 1, 1, 0, true)]
    [InlineData(0x000, 0, 0, 6, true)]     // user 0
    [InlineData(0x1b6, 0, 0, 1, false)]    // who still needs an x to execute
    [InlineData(0x008, 0, 0, 1, true)]
    public void Bits_grant_what_POSIX_says(int mode, int uid, int gid, int wanted, bool expected)
    {
        var status = new FileStatus { Type = FileType.Regular, Mode = mode, UserId = 1, GroupId = 1 };
        Assert.Equal(expected, VirtualFileSystem.Permits(status, new Credentials(uid, gid), wanted));
    }

    [Fact]
    public void A_user_meets_closed_doors()
    {
        var tree = new Tree();
        tree.Directory("/closed", 0x1c0);
        tree.Write("/closed/f", "secret");
        tree.Write("/own", "x", 0x180);
        tree.Directory("/public", 0x1ed);
        PathContext user = tree.As(1000, 1000);
        Assert.Equal(Errno.EACCES, tree.Files.GetStatus(user, "/closed/f", true, out _));
        Assert.Equal(Errno.EACCES, tree.Files.GetStatus(user, "/closed/f/g", true, out _));
        Assert.Equal(Errno.None, tree.Files.GetStatus(user, "/closed", true, out _));
        Assert.Equal(Errno.EACCES, tree.Files.Open(user, "/own", OpenFlags.ReadOnly, 0, out _));
        Assert.Equal(Errno.EACCES, tree.Files.Access(user, "/own", 4));
        Assert.Equal(Errno.None, tree.Files.Access(user, "/own", 0));
        Assert.Equal(Errno.EINVAL, tree.Files.Access(user, "/own", 8));
        Assert.Equal(Errno.EACCES, tree.Files.Open(user, "/public/new", OpenFlags.WriteOnly | OpenFlags.Create, 0x1a4, out _));
        Assert.Equal(Errno.EACCES, tree.Files.MakeDirectory(user, "/public/new", 0x1ed));
        Assert.Equal(Errno.EACCES, tree.Files.Remove(user, "/own"));
        Assert.Equal(Errno.EACCES, tree.Files.Rename(user, "/own", user, "/mine"));
        Assert.Equal(Errno.EACCES, tree.Files.Truncate(user, "/own", 0));
        Assert.Equal(Errno.EPERM, tree.Files.ChangeMode(user, "/own", 0x1ff, true));
        Assert.Equal(Errno.EPERM, tree.Files.ChangeOwner(user, "/own", 1000, -1, true));
        Assert.Equal(Errno.EPERM, tree.Files.SetTimes(user, "/own", 1, 1, true));
        Assert.Equal(Errno.EACCES, tree.Files.SetTimes(user, "/own", VirtualFileSystem.Now, VirtualFileSystem.Now, true));
        Assert.Equal(Errno.EPERM, tree.Files.MakeNode(user, "/dev", FileType.CharacterDevice, 0x1ff, 0x103));
    }

    [Fact]
    public void In_a_sticky_directory_everyone_removes_only_his_own()
    {
        var tree = new Tree();
        tree.Directory("/tmp", 0x3ff);
        Assert.Equal(0x3ff, tree.Status("/tmp").Mode);
        PathContext a = tree.As(1000, 1000);
        PathContext b = tree.As(1001, 1001);
        Assert.Equal(Errno.None, tree.Files.MakeDirectory(a, "/tmp/a", 0x1ff));
        Assert.Equal(Errno.None, tree.Files.MakeDirectory(b, "/tmp/b", 0x1ff));
        Assert.Equal(Errno.EPERM, tree.Files.RemoveDirectory(b, "/tmp/a"));
        Assert.Equal(Errno.EPERM, tree.Files.Rename(b, "/tmp/a", b, "/tmp/c"));
        Assert.Equal(Errno.EPERM, tree.Files.Rename(b, "/tmp/b", b, "/tmp/a"));
        Assert.Equal(Errno.None, tree.Files.Rename(b, "/tmp/b", b, "/tmp/c"));
        Assert.Equal(Errno.None, tree.Files.RemoveDirectory(a, "/tmp/a"));
        Assert.Equal(Errno.None, tree.Files.RemoveDirectory(tree.Context, "/tmp/c"));
    }

    [Fact]
    public void Owners_change_what_is_theirs_and_lose_special_bits()
    {
        var tree = new Tree();
        tree.Write("/f", "x");
        Assert.Equal(Errno.None, tree.Files.ChangeOwner(tree.Context, "/f", 1000, 50, true));
        PathContext user = tree.As(1000, 1000);
        Assert.Equal(Errno.None, tree.Files.ChangeMode(user, "/f", 0xded, true));
        Assert.Equal(0x9ed, tree.Status("/f").Mode);    // not in the file's group: no set-group-id
        Assert.Equal(Errno.None, tree.Files.ChangeOwner(user, "/f", -1, 1000, true));
        Assert.Equal((0x1ed, 1000), (tree.Status("/f").Mode, tree.Status("/f").GroupId));
        Assert.Equal(Errno.EPERM, tree.Files.ChangeOwner(user, "/f", -1, 7, true));
        Assert.Equal(Errno.None, tree.Files.SetTimes(user, "/f", 5_000_000_001, null, true));
        Assert.Equal(5_000_000_001, tree.Status("/f").AccessTime);
        tree.Symlink("f", "/l");
        Assert.Equal(Errno.ENOTSUP, tree.Files.ChangeMode(tree.Context, "/l", 0x1ff, false));
        Assert.Equal(Errno.None, tree.Files.ChangeOwner(tree.Context, "/l", 7, 7, false));
        Assert.Equal((7, 1000), (tree.Status("/l").UserId, tree.Status("/f").UserId));
    }
}
