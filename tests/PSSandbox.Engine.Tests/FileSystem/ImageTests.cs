using System.Text;
using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

public sealed class ImageTests
{
    private static readonly byte[] Program = Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31)).ToArray();

    private static Image Base() => new ImageBuilder().AddBaseFiles()
        .AddFile("/bin/busybox.wasm", Program, 0x1ed)
        .AddLink("/bin/cat", "/bin/busybox.wasm")
        .AddSymbolicLink("/bin/sh", "busybox.wasm")
        .Build();

    private static Tree Over(Image image, StorageAccount? account = null) => new(new MemoryFileSystem(account ?? new StorageAccount(), image));

    [Fact]
    public void The_base_files_are_those_of_a_small_Linux()
    {
        Tree tree = Over(Base());
        Assert.Equal(0x3ff, tree.Status("/tmp").Mode);
        Assert.Equal(0x1c0, tree.Status("/root").Mode);
        Assert.StartsWith("root:x:0:0:root:/root:/bin/sh\n", tree.Read("/etc/passwd"), StringComparison.Ordinal);
        Assert.Equal("sandbox\n", tree.Read("/etc/hostname"));
        Assert.Contains("/bin/sh\n", tree.Read("/etc/shells"), StringComparison.Ordinal);
        Assert.Equal(FileType.Directory, tree.Status("/var/run/lock", follow: true).Type);
        Assert.Equal((FileType.CharacterDevice, 0x103UL, 0x1b6), (tree.Status("/dev/null").Type, tree.Status("/dev/null").RawDevice, tree.Status("/dev/null").Mode));
        Assert.Equal(["busybox.wasm", "cat", "sh"], tree.List("/bin"));
        Assert.Equal(2, tree.Status("/bin/cat").Links);
        Assert.Equal(tree.Status("/bin/cat").Inode, tree.Status("/bin/sh", follow: true).Inode);
        Assert.Equal(0, tree.Account.Bytes);
        Assert.Equal(0, tree.Account.Nodes);
    }

    [Fact]
    public void What_one_sandbox_writes_no_other_sees()
    {
        Image image = Base();
        Tree a = Over(image);
        Tree b = Over(image);
        a.Write("/etc/hostname", "changed\n");
        a.Files.Remove(a.Context, "/etc/passwd");
        a.Files.Rename(a.Context, "/etc/group", a.Context, "/tmp/group");
        a.Files.ChangeMode(a.Context, "/root", 0x1ff, true);
        a.Write("/bin/new", "x");
        Assert.Equal(Errno.None, a.Files.Open(a.Context, "/bin/cat", OpenFlags.ReadWrite, 0, out OpenFile? file));
        Assert.Equal(Errno.None, file!.WriteAt("CHANGED"u8, 100_000, out _));
        file.Release();
        Assert.Equal("CHANGED", a.Read("/bin/sh")[100_000..100_007]);

        foreach (Tree other in new[] { b, Over(image) })
        {
            Assert.Equal("sandbox\n", other.Read("/etc/hostname"));
            Assert.StartsWith("root:", other.Read("/etc/passwd"), StringComparison.Ordinal);
            Assert.Equal(0x1c0, other.Status("/root").Mode);
            Assert.Equal(["busybox.wasm", "cat", "sh"], other.List("/bin"));
            Assert.Equal(Program, Encoding.Latin1.GetBytes(other.Read("/bin/cat")));
            Assert.Equal(0, other.Account.Bytes);
        }
    }

    [Fact]
    public void A_write_into_a_shared_file_costs_one_chunk()
    {
        Tree tree = Over(Base());
        Assert.Equal(Errno.None, tree.Files.Open(tree.Context, "/bin/cat", OpenFlags.ReadWrite, 0, out OpenFile? file));
        Assert.Equal(Errno.None, file!.WriteAt("x"u8, 70_000, out _));
        Assert.InRange(tree.Account.Bytes, 1, FileContent.ChunkSize);
        file.Release();
        tree.Files.Remove(tree.Context, "/bin/cat");
        tree.Files.Remove(tree.Context, "/bin/busybox.wasm");
        Assert.Equal(0, tree.Account.Bytes);
        Assert.Equal(0, tree.Account.Nodes);
        Assert.Equal(["sh"], tree.List("/bin"));
    }

    [Fact]
    public void Content_and_its_tag_are_shared_by_all_until_one_writes()
    {
        Image image = Base();
        Tree a = Over(image);
        Tree b = Over(image);
        Assert.Equal(Errno.None, a.Files.Resolve(a.Context, "/bin/cat", true, out Node? first));
        Assert.Equal(Errno.None, b.Files.Resolve(b.Context, "/bin/sh", true, out Node? second));
        Assert.True(first!.TryGetContent(out ReadOnlyMemory<byte> content));
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(content, out ArraySegment<byte> array));
        Assert.Same(Program, array.Array);
        object tag = new();
        first.ContentTag = tag;
        Assert.Same(tag, second!.ContentTag);
        Assert.Equal(Errno.None, first.SetStatus(new StatusChange { Size = 10 }));
        Assert.Null(first.ContentTag);
        Assert.False(first.TryGetContent(out _));
        Assert.Same(tag, second.ContentTag);
    }

    [Fact]
    public void A_snapshot_keeps_what_was_and_its_forks_go_their_own_ways()
    {
        Tree live = Over(Base());
        live.Write("/tmp/a", new string('a', 150_000));
        live.Directory("/tmp/d");
        live.Symlink("a", "/tmp/l");
        live.Files.MakeNode(live.Context, "/tmp/p", FileType.Fifo, 0x180, 0);
        live.Files.Link(live.Context, "/tmp/a", live.Context, "/tmp/d/same", false);
        live.Files.Remove(live.Context, "/etc/motd");
        long held = live.Account.Bytes;
        Image snapshot = live.Memory.Freeze();
        Assert.Equal(held, live.Account.Bytes);

        Tree fork = Over(snapshot);
        Assert.Equal(0, fork.Account.Bytes);
        Assert.Equal(["a", "d", "l", "p"], fork.List("/tmp"));
        Assert.Equal(live.Status("/tmp/a").Inode, fork.Status("/tmp/d/same").Inode);
        Assert.Equal(2, fork.Status("/tmp/a").Links);
        Assert.Equal(FileType.Fifo, fork.Status("/tmp/p").Type);
        Assert.Equal(Errno.ENOENT, fork.Files.Resolve(fork.Context, "/etc/motd", true, out _));

        // The live tree and two forks write to the same chunk.
        Tree other = Over(snapshot);
        foreach ((Tree tree, string text) in new[] { (live, "LIVE"), (fork, "FORK"), (other, "OTHR") })
        {
            Assert.Equal(Errno.None, tree.Files.Open(tree.Context, "/tmp/a", OpenFlags.ReadWrite, 0, out OpenFile? file));
            Assert.Equal(Errno.None, file!.WriteAt(Encoding.ASCII.GetBytes(text), 2, out _));
            file.Release();
        }

        Assert.Equal("aaLIVEaa", live.Read("/tmp/l")[..8]);
        Assert.Equal("aaFORKaa", fork.Read("/tmp/d/same")[..8]);
        Assert.Equal("aaOTHRaa", other.Read("/tmp/a")[..8]);
        Assert.Equal("aaaaaaaa", Over(snapshot).Read("/tmp/a")[..8]);
        ulong made = fork.Status("/tmp/a").Inode;
        fork.Write("/tmp/new", "");
        Assert.True(fork.Status("/tmp/new").Inode > made);

        live.Files.Remove(live.Context, "/tmp/a");
        live.Files.Remove(live.Context, "/tmp/d/same");
        live.Files.RemoveDirectory(live.Context, "/tmp/d");
        live.Files.Remove(live.Context, "/tmp/l");
        live.Files.Remove(live.Context, "/tmp/p");
        Assert.Equal(0, live.Account.Bytes);
        Assert.Equal(0, live.Account.Nodes);
    }

    [Fact]
    public void Freezing_takes_over_what_did_not_change()
    {
        Image image = Base();
        Tree tree = Over(image);
        _ = tree.Read("/etc/passwd");
        Assert.Same(image.Root, tree.Memory.Freeze().Root);
        tree.Write("/tmp/x", "1");
        Image changed = tree.Memory.Freeze();
        Assert.NotSame(image.Root, changed.Root);
        Assert.True(image.Root.TryFind("etc", out int index) && changed.Root.TryFind("etc", out _));
        Assert.Same(image.Root.Entries[index].Node, changed.Root.Entries[index].Node);
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("/a/../b")]
    [InlineData("/./a")]
    [InlineData("/a\0")]
    [InlineData("/")]
    public void Impossible_paths_are_refused(string path) =>
        Assert.Throws<ArgumentException>(() => new ImageBuilder().AddFile(path, ""));
}
