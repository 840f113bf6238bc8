using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

public sealed class MemoryFileTests
{
    private const OpenFlags Make = OpenFlags.ReadWrite | OpenFlags.Create;

    private static OpenFile Open(Tree tree, string path, OpenFlags flags = Make)
    {
        Assert.Equal(Errno.None, tree.Files.Open(tree.Context, path, flags, 0x1a4, out OpenFile? file));
        return file!;
    }

    [Fact]
    public void Random_writes_reads_and_truncations_equal_those_of_an_array()
    {
        var random = new Random(7);
        var tree = new Tree();
        OpenFile file = Open(tree, "/f");
        byte[] expected = new byte[400_000];
        int length = 0;
        byte[] data = new byte[100_000];
        for (int round = 0; round < 400; round++)
        {
            int offset = random.Next(300_000);
            int count = random.Next(random.Next(2) == 0 ? 100 : 100_000);
            if (round % 7 == 3)
            {
                Assert.Equal(Errno.None, file.Node!.SetStatus(new StatusChange { Size = offset }));
                if (offset < length)
                    Array.Clear(expected, offset, length - offset);
                length = offset;
            }
            else
            {
                random.NextBytes(data.AsSpan(0, count));
                Assert.Equal(Errno.None, file.WriteAt(data.AsSpan(0, count), offset, out int written));
                Assert.Equal(count, written);
                data.AsSpan(0, count).CopyTo(expected.AsSpan(offset));
                if (count > 0)
                    length = Math.Max(length, offset + count);
            }

            byte[] actual = new byte[length + 1];
            Assert.Equal(Errno.None, file.ReadAt(actual, 0, out int got));
            Assert.Equal(length, got);
            Assert.True(actual.AsSpan(0, length).SequenceEqual(expected.AsSpan(0, length)), $"round {round}");
        }

        file.Release();
        Assert.Equal(Errno.None, tree.Files.Remove(tree.Context, "/f"));
        Assert.Equal(0, tree.Account.Bytes);
        Assert.Equal(0, tree.Account.Nodes);
    }

    [Fact]
    public void A_sparse_file_holds_only_what_was_written()
    {
        var tree = new Tree(new StorageAccount(byteLimit: 1 << 20));
        OpenFile file = Open(tree, "/sparse");
        Assert.Equal(Errno.None, file.WriteAt("end"u8, StorageAccount.MaxFileLength - 3, out int count));
        Assert.Equal(3, count);
        Assert.Equal(Errno.None, file.GetStatus(out FileStatus status));
        Assert.Equal(StorageAccount.MaxFileLength, status.Size);
        Assert.InRange(status.AllocatedBytes, 1, 65536);
        byte[] buffer = new byte[8];
        Assert.Equal(Errno.None, file.ReadAt(buffer, StorageAccount.MaxFileLength - 5, out count));
        Assert.Equal([0, 0, (byte)'e', (byte)'n', (byte)'d'], buffer[..count]);
        Assert.Equal(Errno.EFBIG, file.WriteAt("x"u8, StorageAccount.MaxFileLength, out _));
        Assert.Equal(Errno.EFBIG, file.WriteAt("x"u8, long.MaxValue, out _));
        Assert.Equal(Errno.EFBIG, tree.Files.Truncate(tree.Context, "/sparse", long.MaxValue));
        Assert.Equal(Errno.EINVAL, tree.Files.Truncate(tree.Context, "/sparse", -1));
        Assert.Equal(Errno.EINVAL, file.WriteAt("x"u8, -1, out _));
        Assert.Equal(Errno.None, tree.Files.Truncate(tree.Context, "/sparse", 0));
        file.Release();
        tree.Files.Remove(tree.Context, "/sparse");
        Assert.Equal(0, tree.Account.Bytes);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(65_536 * 3)]
    [InlineData(1000)]
    public void At_the_byte_limit_a_write_is_partial_and_the_next_one_fails(int limit)
    {
        var refused = new List<StorageLimit>();
        var account = new StorageAccount(byteLimit: limit) { Violated = refused.Add };
        var tree = new Tree(account);
        OpenFile file = Open(tree, "/f");
        Assert.Equal(Errno.None, file.Write(new byte[1_000_000], null, out int count));
        Assert.InRange(count, limit / 2, limit);
        Assert.Equal([StorageLimit.Bytes], refused);
        Errno errno;
        int more = 0;
        do
        {
            errno = file.Write(new byte[1_000], null, out int now);
            more += now;
        }
        while (errno == Errno.None);
        Assert.Equal(Errno.ENOSPC, errno);
        Assert.True(account.Bytes <= limit);
        Assert.Equal(Errno.None, file.GetStatus(out FileStatus status));
        Assert.Equal(count + more, status.Size);
        Assert.Equal(Errno.ENOSPC, tree.Files.MakeDirectory(tree.Context, "/full", 0x1ff));
        file.Release();
        Assert.Equal(Errno.None, tree.Files.Remove(tree.Context, "/f"));
        Assert.Equal(0, account.Bytes);
        Assert.True(account.PeakBytes <= limit);
    }

    [Fact]
    public void Inodes_are_limited_and_come_back()
    {
        var refused = new List<StorageLimit>();
        var tree = new Tree(new StorageAccount(nodeLimit: 3) { Violated = refused.Add });
        tree.Directory("/a");
        tree.Symlink("x", "/b");
        tree.Write("/c", "");
        Assert.Equal(Errno.ENOSPC, tree.Files.MakeNode(tree.Context, "/d", FileType.Fifo, 0x1ff, 0));
        Assert.Equal(Errno.ENOSPC, tree.Files.Open(tree.Context, "/d", Make, 0x1a4, out _));
        Assert.Equal([StorageLimit.Nodes, StorageLimit.Nodes], refused);
        tree.Files.RemoveDirectory(tree.Context, "/a");
        tree.Files.Remove(tree.Context, "/b");
        tree.Files.Remove(tree.Context, "/c");
        Assert.Equal(0, tree.Account.Nodes);
        Assert.Equal(0, tree.Account.Bytes);
    }

    [Fact]
    public void Hard_links_cost_something_too()
    {
        var tree = new Tree(new StorageAccount(byteLimit: 100_000));
        tree.Write("/f", "");
        Errno errno = Errno.None;
        int made = 0;
        while (errno == Errno.None && made < 100_000)
            errno = tree.Files.Link(tree.Context, "/f", tree.Context, $"/{made++}", false);
        Assert.Equal(Errno.ENOSPC, errno);
        for (int i = 0; i < made - 1; i++)
            Assert.Equal(Errno.None, tree.Files.Remove(tree.Context, $"/{i}"));
        tree.Files.Remove(tree.Context, "/f");
        Assert.Equal(0, tree.Account.Bytes);
    }

    [Fact]
    public void A_file_lives_on_while_it_is_open()
    {
        var tree = new Tree();
        tree.Write("/f", "still here");
        OpenFile file = Open(tree, "/f", OpenFlags.ReadWrite);
        Assert.Equal(Errno.None, tree.Files.Remove(tree.Context, "/f"));
        Assert.Equal(Errno.ENOENT, tree.Files.Resolve(tree.Context, "/f", true, out _));
        Assert.Equal(1, tree.Account.Nodes);
        Assert.Equal("still here", Tree.ReadToEnd(file));
        Assert.Equal(Errno.None, file.GetStatus(out FileStatus status));
        Assert.Equal(0, status.Links);
        OpenFile second = file.AddReference();
        file.Release();
        Assert.True(tree.Account.Bytes > 0);
        second.Release();
        Assert.Equal(0, tree.Account.Bytes);
        Assert.Equal(0, tree.Account.Nodes);
    }

    [Fact]
    public void Replacing_an_open_file_leaves_its_readers_the_old_one()
    {
        var tree = new Tree();
        tree.Write("/a", "old");
        tree.Write("/b", "new");
        OpenFile old = Open(tree, "/a", OpenFlags.ReadOnly);
        Assert.Equal(Errno.None, tree.Files.Rename(tree.Context, "/b", tree.Context, "/a"));
        Assert.Equal("old", Tree.ReadToEnd(old));
        Assert.Equal("new", tree.Read("/a"));
        Assert.Equal(["a"], tree.List("/"));
        old.Release();
        tree.Files.Remove(tree.Context, "/a");
        Assert.Equal(0, tree.Account.Bytes);
    }

    [Fact]
    public void Appends_of_several_threads_lose_nothing()
    {
        var tree = new Tree();
        const int Threads = 4, Each = 5000;
        var threads = Enumerable.Range(0, Threads).Select(t => new Thread(() =>
        {
            OpenFile file = Open(tree, "/log", OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Append);
            byte[] line = [(byte)('a' + t), (byte)('a' + t), (byte)('a' + t), (byte)'\n'];
            for (int i = 0; i < Each; i++)
                file.Write(line, null, out _);
            file.Release();
        })).ToArray();
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        string text = tree.Read("/log");
        Assert.Equal(Threads * Each * 4, text.Length);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.True(line.Length == 3 && line[0] == line[1] && line[1] == line[2], line);
    }

    [Fact]
    public void Modes_of_opening_are_kept_to()
    {
        var tree = new Tree();
        tree.Write("/f", "0123456789");
        OpenFile read = Open(tree, "/f", OpenFlags.ReadOnly);
        Assert.Equal(Errno.EBADF, read.Write("x"u8, null, out _));
        Assert.Equal(Errno.EBADF, read.WriteAt("x"u8, 0, out _));
        OpenFile write = Open(tree, "/f", OpenFlags.WriteOnly);
        Assert.Equal(Errno.EBADF, write.Read(new byte[1], null, out _));
        Assert.Equal(Errno.None, write.Seek(-2, SeekOrigin.End, out long position));
        Assert.Equal(8, position);
        Assert.Equal(Errno.EINVAL, write.Seek(-9, SeekOrigin.Current, out position));
        Assert.Equal(Errno.EOVERFLOW, write.Seek(long.MaxValue, SeekOrigin.Current, out position));
        Assert.Equal(Errno.None, write.Write("ABC"u8, null, out _));
        Assert.Equal("01234567ABC", tree.Read("/f"));
        Assert.Equal(Errno.None, write.Allocate(0, 100));
        Assert.Equal(100, tree.Status("/f").Size);
        OpenFile truncated = Open(tree, "/f", OpenFlags.ReadWrite | OpenFlags.Truncate);
        Assert.Equal("", tree.Read("/f"));
        read.Release();
        write.Release();
        truncated.Release();
    }

    [Fact]
    public void A_content_tag_goes_away_when_the_content_changes()
    {
        var tree = new Tree();
        tree.Write("/f", "module");
        Assert.Equal(Errno.None, tree.Files.Resolve(tree.Context, "/f", true, out Node? node));
        object tag = new();
        node!.ContentTag = tag;
        Assert.Same(tag, node.ContentTag);
        _ = tree.Read("/f");
        tree.Files.ChangeMode(tree.Context, "/f", 0x1ed, true);
        Assert.Same(tag, node.ContentTag);
        OpenFile file = Open(tree, "/f");
        file.WriteAt("x"u8, 0, out _);
        file.Release();
        Assert.Null(node.ContentTag);
        node.ContentTag = tag;
        tree.Files.Truncate(tree.Context, "/f", 3);
        Assert.Null(node.ContentTag);
    }
}
