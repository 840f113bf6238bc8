using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

public sealed class MemoryDirectoryTests
{
    [Fact]
    public void Listing_keeps_the_order_and_meets_what_stays_exactly_once()
    {
        var tree = new Tree();
        for (int i = 0; i < 500; i++)
            tree.Write($"/n{i}", "");
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"n{i}"), tree.List("/"));

        Assert.Equal(Errno.None, tree.Files.Open(tree.Context, "/", OpenFlags.ReadOnly, 0, out OpenFile? directory));
        var seen = new List<string>();
        long cookie = 0;
        while (directory!.ReadDirectory(ref cookie, out DirectoryEntry? entry) == Errno.None && entry is { } found)
        {
            if (found.Name is "." or "..")
                continue;
            seen.Add(found.Name);
            if (found.Name.StartsWith('n'))
                Assert.Equal(Errno.None, tree.Files.Remove(tree.Context, "/" + found.Name));
            if (seen.Count % 100 == 0)
                tree.Write($"/late{seen.Count}", "");
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"n{i}"), seen.Where(n => n.StartsWith('n')));
        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(Errno.None, directory.ReadDirectory(ref cookie, out DirectoryEntry? none));
        Assert.Null(none);
        directory.Release();
    }

    [Theory]
    [InlineData("", "EINVAL")]
    [InlineData("a/b", "EINVAL")]
    [InlineData("a\0b", "EINVAL")]
    [InlineData(".", "EEXIST")]
    [InlineData("..", "EEXIST")]
    [InlineData("\u00ff\n\u0001", "None")]
    public void A_directory_takes_no_impossible_name(string name, string expected)
    {
        var tree = new Tree();
        tree.Write("/f", "");
        tree.Files.Resolve(tree.Context, "/f", true, out Node? file);
        var creation = new NodeCreation(FileType.Regular, 0x1a4, Credentials.Root);
        Assert.Equal(expected, tree.Files.Root.Create(name, creation, out _).ToString());
        if (expected == "None")
            tree.Files.Root.Remove(name, false);
        Assert.Equal(expected, tree.Files.Root.Link(name, file!).ToString());
        if (expected == "None")
            tree.Files.Root.Remove(name, false);
        Assert.Equal(expected, tree.Files.Root.Rename("f", tree.Files.Root, name).ToString());
    }

    [Fact]
    public void Ten_thousand_levels_need_no_stack()
    {
        var tree = new Tree();
        const int Levels = 10_000;
        PathContext here = tree.Context;
        for (int i = 0; i < Levels; i++)
        {
            Assert.Equal(Errno.None, tree.Files.MakeDirectory(here, "d", 0x1ed));
            Assert.Equal(Errno.None, tree.Files.Resolve(here, "d", true, out Node? next));
            here = here with { Start = next! };
        }

        string path = tree.Files.PathOf(here.Start, tree.Files.Root);
        Assert.Equal(Levels * 2, path.Length);
        Assert.Equal(Errno.EINVAL, tree.Files.Rename(tree.Context, "/d", here, "inside"));
        Image image = tree.Memory.Freeze();
        var copy = new Tree(new MemoryFileSystem(new StorageAccount(), image));
        Node deep = copy.Files.Root;
        for (int i = 0; i < Levels; i++)
        {
            Assert.Equal(Errno.None, deep.Lookup("d", out Node? next));
            deep = next!;
        }

        Assert.Equal(path, copy.Files.PathOf(deep, copy.Files.Root));
        for (int i = 0; i < Levels; i++)
        {
            here = here with { Start = here.Start.Parent! };
            Assert.Equal(Errno.None, tree.Files.RemoveDirectory(here, "d"));
        }

        Assert.Equal(0, tree.Account.Nodes);
    }

    [Fact]
    public void A_removed_directory_is_empty_and_stays_so()
    {
        var tree = new Tree();
        tree.Directory("/d");
        tree.Write("/f", "");
        PathContext inside = tree.In("/d");
        Assert.Equal(Errno.None, tree.Files.RemoveDirectory(tree.Context, "/d"));
        Assert.Equal(Errno.ENOENT, tree.Files.MakeDirectory(inside, "sub", 0x1ed));
        Assert.Equal(Errno.ENOENT, tree.Files.Open(inside, "new", OpenFlags.WriteOnly | OpenFlags.Create, 0x1a4, out _));
        Assert.Equal(Errno.ENOENT, tree.Files.Link(tree.Context, "/f", inside, "g", false));
        Assert.Equal(Errno.ENOENT, tree.Files.Rename(tree.Context, "/f", inside, "g"));
        Assert.Equal(Errno.None, tree.Files.Resolve(inside, "..", true, out Node? above));
        Assert.Same(tree.Files.Root, above);
        Assert.Equal("", tree.Files.PathOf(inside.Start, tree.Files.Root));
    }

    [Fact]
    public void Link_counts_follow_names_and_subdirectories()
    {
        var tree = new Tree();
        tree.Directory("/d");
        tree.Directory("/d/a");
        tree.Directory("/d/b");
        tree.Write("/d/f", "x");
        Assert.Equal(4, tree.Status("/d").Links);
        Assert.Equal(3, tree.Status("/").Links);
        tree.Files.Rename(tree.Context, "/d/a", tree.Context, "/a");
        Assert.Equal((3, 4), (tree.Status("/d").Links, tree.Status("/").Links));
        tree.Files.Rename(tree.Context, "/a", tree.Context, "/d/b");
        Assert.Equal((3, 3), (tree.Status("/d").Links, tree.Status("/").Links));
        tree.Files.Link(tree.Context, "/d/f", tree.Context, "/g", false);
        Assert.Equal(2, tree.Status("/g").Links);
        Assert.Equal(tree.Status("/d/f").Inode, tree.Status("/g").Inode);
        Assert.Equal(Errno.EPERM, tree.Files.Link(tree.Context, "/d", tree.Context, "/h", false));
        tree.Files.Remove(tree.Context, "/d/f");
        Assert.Equal(1, tree.Status("/g").Links);
        Assert.Equal("x", tree.Read("/g"));
    }

    [Fact]
    public void Set_group_id_directories_hand_their_group_down()
    {
        var tree = new Tree();
        tree.Directory("/shared", 0x1ff);
        tree.Files.ChangeOwner(tree.Context, "/shared", 0, 50, true);
        tree.Files.ChangeMode(tree.Context, "/shared", 0x5ff, true);
        PathContext user = tree.As(1000, 1000);
        Assert.Equal(Errno.None, tree.Files.MakeDirectory(user, "/shared/d", 0x1ed));
        Assert.Equal(Errno.None, tree.Files.Open(user, "/shared/f", OpenFlags.WriteOnly | OpenFlags.Create, 0x1a4, out OpenFile? file));
        file!.Release();
        Assert.Equal((50, 0x5ed), (tree.Status("/shared/d").GroupId, tree.Status("/shared/d").Mode));
        Assert.Equal((50, 0x1a4), (tree.Status("/shared/f").GroupId, tree.Status("/shared/f").Mode));
    }

    [Fact]
    public void Threads_that_move_directories_about_never_lock_up_or_lose_one()
    {
        var tree = new Tree();
        for (int i = 0; i < 4; i++)
        {
            tree.Directory($"/{i}");
            tree.Directory($"/{i}/x{i}");
        }

        var threads = Enumerable.Range(0, 4).Select(t => new Thread(() =>
        {
            var random = new Random(t);
            for (int i = 0; i < 20_000; i++)
            {
                string from = $"/{random.Next(4)}/x{random.Next(4)}";
                string to = $"/{random.Next(4)}/x{random.Next(4)}";
                if (random.Next(3) == 0)
                    to = from + to;
                tree.Files.Rename(tree.Context, from, tree.Context, to);
                tree.Files.MakeDirectory(tree.Context, from, 0x1ed);
                tree.Files.RemoveDirectory(tree.Context, to);
            }
        })).ToArray();
        Array.ForEach(threads, t => t.Start());
        Assert.All(threads, t => Assert.True(t.Join(TimeSpan.FromSeconds(60))));

        // Every directory that is counted can be reached from the root, once.
        long reached = 0;
        var left = new Stack<string>(["/"]);
        while (left.TryPop(out string? path))
        {
            foreach (string name in tree.List(path))
            {
                reached++;
                left.Push($"{path.TrimEnd('/')}/{name}");
            }
        }

        Assert.Equal(tree.Account.Nodes, reached);
    }
}
