using System.Text;
using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

public sealed class HostMountTests : IDisposable
{
    private const OpenFlags Make = OpenFlags.ReadWrite | OpenFlags.Create;
    private readonly string _host = Directory.CreateTempSubdirectory("pssandbox-test-").FullName;

    public void Dispose() => Directory.Delete(_host, recursive: true);

    private string Inside => Path.Join(_host, "inside");

    private Tree Mounted(bool portable = false, bool readOnly = false, Credentials owner = default)
    {
        Directory.CreateDirectory(Inside);
        HostAccess access = portable ? new PortableHostAccess() : NeedLinux();
        Assert.Equal(Errno.None, HostMount.Open(Inside, readOnly, owner, out HostMount? mount, access));
        var tree = new Tree();
        tree.Directory("/mnt");
        tree.Write("/outside", "of the mount, in the sandbox");
        Assert.Equal(Errno.None, tree.Files.Mount(tree.Context, "/mnt", mount!.Root, new MountEntry("host", "/mnt", "hostfs")));
        return tree;
    }

    private static HostAccess NeedLinux()
    {
        if (!LinuxHostAccess.IsSupported)
            Assert.Skip("needs Linux on x64 or arm64");
        return new LinuxHostAccess();
    }

    /// <summary>Descriptors of this process that are of files below a folder: other tests have theirs.</summary>
    private static int OpenBelow(string folder) =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(fd => new FileInfo(fd).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true);

    private static int Mode(string path)
    {
        if (!OperatingSystem.IsWindows())
            return (int)File.GetUnixFileMode(path);
        Assert.Skip("needs permission bits");
        return 0;
    }

    private static void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        else
            Assert.Skip("needs permission bits");
    }

    private void HostFile(string name, string text) => File.WriteAllText(Path.Join(Inside, name), text);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Files_are_read_written_and_listed(bool portable)
    {
        Tree tree = Mounted(portable);
        HostFile("f", "from the host");
        Assert.Equal("from the host", tree.Read("/mnt/f"));
        tree.Write("/mnt/g", "from inside", 0x1a0);
        Assert.Equal("from inside", File.ReadAllText(Path.Join(Inside, "g")));
        Assert.Equal(0x1a0, tree.Status("/mnt/g").Mode);
        Assert.Equal((11L, FileType.Regular, 0), (tree.Status("/mnt/g").Size, tree.Status("/mnt/g").Type, tree.Status("/mnt/g").UserId));
        tree.Directory("/mnt/d");
        tree.Directory("/mnt/d/sub", 0x1c0);
        Assert.Equal(0x1c0, tree.Status("/mnt/d/sub").Mode);
        tree.Write("/mnt/d/sub/x", "deep");
        Assert.Equal("deep", File.ReadAllText(Path.Join(Inside, "d/sub/x")));
        Assert.Equal(["d", "f", "g"], tree.List("/mnt").Order());
        Assert.Equal(Errno.None, tree.Files.Rename(tree.Context, "/mnt/d/sub", tree.Context, "/mnt/moved"));
        Assert.Equal("deep", tree.Read("/mnt/moved/x"));
        Assert.Equal("/mnt/moved", tree.Files.PathOf(tree.In("/mnt/moved").Start, tree.Files.Root));
        Assert.Equal(Errno.None, tree.Files.Rename(tree.Context, "/mnt/f", tree.Context, "/mnt/g"));
        Assert.Equal("from the host", tree.Read("/mnt/g"));
        Assert.Equal(Errno.ENOTEMPTY, tree.Files.RemoveDirectory(tree.Context, "/mnt/moved"));
        Assert.Equal(Errno.None, tree.Files.Remove(tree.Context, "/mnt/moved/x"));
        Assert.Equal(Errno.None, tree.Files.RemoveDirectory(tree.Context, "/mnt/moved"));
        Assert.Equal(Errno.None, tree.Files.ChangeMode(tree.Context, "/mnt/g", 0xfc0, true));
        Assert.Equal(0x1c0, tree.Status("/mnt/g").Mode & 0xdff);
        Assert.Equal(0x1c0, Mode(Path.Join(Inside, "g")) & 0xdff);
        Assert.Equal(Errno.None, tree.Files.SetTimes(tree.Context, "/mnt/g", null, 1_000_000_000_500_000_000, true));
        Assert.Equal(1_000_000_000_500_000_000, tree.Status("/mnt/g").ModificationTime);
        Assert.Equal(Errno.None, tree.Files.Truncate(tree.Context, "/mnt/g", 4));
        Assert.Equal("from", tree.Read("/mnt/g"));
        Assert.Equal(Errno.EPERM, tree.Files.ChangeOwner(tree.Context, "/mnt/g", 5, -1, true));
        Assert.Equal(Errno.None, tree.Files.ChangeOwner(tree.Context, "/mnt/g", 0, 0, true));
        Assert.Equal(Errno.EXDEV, tree.Files.Rename(tree.Context, "/mnt/g", tree.Context, "/g"));
        Assert.Equal(Errno.EPERM, tree.Files.MakeNode(tree.Context, "/mnt/p", FileType.Fifo, 0x1ff, 0));
        Assert.Equal(Errno.EPERM, tree.Files.MakeNode(tree.Context, "/mnt/p", FileType.CharacterDevice, 0x1ff, 0x103));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_open_file_is_read_and_written_as_one_of_memory(bool portable)
    {
        Tree tree = Mounted(portable);
        Assert.Equal(Errno.None, tree.Files.Open(tree.Context, "/mnt/f", Make | OpenFlags.Exclusive, 0x100, out OpenFile? file));
        Assert.Equal(Errno.None, file!.Write("0123456789"u8, null, out _));
        Assert.Equal(Errno.None, file.Seek(-4, SeekOrigin.End, out long position));
        Assert.Equal(6, position);
        byte[] buffer = new byte[10];
        Assert.Equal(Errno.None, file.Read(buffer, null, out int count));
        Assert.Equal("6789", Encoding.ASCII.GetString(buffer, 0, count));
        Assert.Equal(Errno.None, file.Read(buffer, null, out count));
        Assert.Equal(0, count);
        Assert.Equal(Errno.EINVAL, file.Seek(-1, SeekOrigin.Begin, out _));
        file.Flags |= OpenFlags.Append;
        Assert.Equal(Errno.None, file.Seek(0, SeekOrigin.Begin, out _));
        Assert.Equal(Errno.None, file.Write("AB"u8, null, out _));
        Assert.Equal(Errno.None, file.ReadAt(buffer, 8, out count));
        Assert.Equal("89AB", Encoding.ASCII.GetString(buffer, 0, count));
        Assert.Equal(Errno.None, file.Allocate(0, 100));
        Assert.Equal(Errno.None, file.GetStatus(out FileStatus status));
        Assert.Equal(100, status.Size);
        Assert.Equal(Errno.EEXIST, tree.Files.Open(tree.Context, "/mnt/f", Make | OpenFlags.Exclusive, 0x1a4, out _));
        Assert.Equal(Errno.None, tree.Files.Remove(tree.Context, "/mnt/f"));
        Assert.Equal(Errno.None, file.ReadAt(buffer, 0, out count));
        Assert.Equal(10, count);
        file.Release();
        Assert.Equal(Errno.None, tree.Files.Open(tree.Context, "/mnt/f", OpenFlags.WriteOnly | OpenFlags.Create, 0x1a4, out file));
        Assert.Equal(Errno.EBADF, file!.Read(buffer, null, out _));
        file.Release();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_read_only_mount_refuses_every_change(bool portable)
    {
        Directory.CreateDirectory(Path.Join(Inside, "d"));
        HostFile("f", "x");
        Tree tree = Mounted(portable, readOnly: true);
        Assert.Equal("x", tree.Read("/mnt/f"));
        Assert.Equal(Errno.EROFS, tree.Files.Open(tree.Context, "/mnt/f", OpenFlags.WriteOnly, 0, out _));
        Assert.Equal(Errno.EROFS, tree.Files.Open(tree.Context, "/mnt/f", OpenFlags.ReadOnly | OpenFlags.Truncate, 0, out _));
        Assert.Equal(Errno.EROFS, tree.Files.Open(tree.Context, "/mnt/new", Make, 0x1a4, out _));
        Assert.Equal(Errno.EROFS, tree.Files.MakeDirectory(tree.Context, "/mnt/new", 0x1ed));
        Assert.Equal(Errno.EEXIST, tree.Files.MakeDirectory(tree.Context, "/mnt/d", 0x1ed));
        Assert.Equal(Errno.EROFS, tree.Files.MakeSymbolicLink(tree.Context, "x", "/mnt/new"));
        Assert.Equal(Errno.EROFS, tree.Files.Link(tree.Context, "/mnt/f", tree.Context, "/mnt/g", false));
        Assert.Equal(Errno.EROFS, tree.Files.Remove(tree.Context, "/mnt/f"));
        Assert.Equal(Errno.EROFS, tree.Files.RemoveDirectory(tree.Context, "/mnt/d"));
        Assert.Equal(Errno.EROFS, tree.Files.Rename(tree.Context, "/mnt/f", tree.Context, "/mnt/g"));
        Assert.Equal(Errno.EROFS, tree.Files.ChangeMode(tree.Context, "/mnt/f", 0x1ff, true));
        Assert.Equal(Errno.EROFS, tree.Files.ChangeOwner(tree.Context, "/mnt/f", 0, 0, true));
        Assert.Equal(Errno.EROFS, tree.Files.SetTimes(tree.Context, "/mnt/f", 1, 1, true));
        Assert.Equal(Errno.EROFS, tree.Files.Truncate(tree.Context, "/mnt/f", 0));
        Assert.Equal(Errno.EROFS, tree.Files.Access(tree.Context, "/mnt/f", 2));
        Assert.Equal(Errno.None, tree.Files.Access(tree.Context, "/mnt/f", 4));
        Assert.Equal(["d", "f"], Directory.EnumerateFileSystemEntries(Inside).Select(Path.GetFileName).Order());
        Assert.Equal("x", File.ReadAllText(Path.Join(Inside, "f")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Links_are_interpreted_inside_and_never_lead_out(bool portable)
    {
        Tree tree = Mounted(portable);
        File.WriteAllText(Path.Join(_host, "outside"), "HOST SECRET");
        HostFile("f", "inside");
        Directory.CreateDirectory(Path.Join(Inside, "d"));
        string[][] links =
        [
            ["abs", Path.Join(_host, "outside")], ["up", "../outside"], ["upper", "../../../../../../.." + Path.Join(_host, "outside")],
            ["passwd", "/etc/passwd"], ["ok", "f"], ["absok", "/mnt/f"], ["dir", ".."], ["root", "/"], ["proc", "/proc/self/root"],
        ];
        foreach (string[] link in links)
            File.CreateSymbolicLink(Path.Join(Inside, link[0]), link[1]);
        Assert.Equal("inside", tree.Read("/mnt/ok"));
        Assert.Equal("inside", tree.Read("/mnt/absok"));
        Assert.Equal("of the mount, in the sandbox", tree.Read("/mnt/up"));
        foreach (string name in new[] { "abs", "upper", "passwd", "proc/etc/passwd", "dir/" + Path.GetFileName(_host) + "/outside", "root" + Path.Join(_host, "outside") })
            Assert.Equal(Errno.ENOENT, tree.Files.Open(tree.Context, "/mnt/" + name, OpenFlags.ReadOnly, 0, out _));
        Assert.Equal("of the mount, in the sandbox", tree.Read("/mnt/d/../../outside"));
        Assert.Equal("of the mount, in the sandbox", tree.Read("/mnt/dir/outside"));
        Assert.Equal(Errno.None, tree.Files.ReadLink(tree.Context, "/mnt/up", out string target));
        Assert.Equal("../outside", target);
        Assert.Equal(Errno.ELOOP, tree.Files.Open(tree.Context, "/mnt/abs", OpenFlags.ReadOnly | OpenFlags.NoFollow, 0, out _));
        tree.Symlink("/etc/shadow", "/mnt/made");
        Assert.Equal(Errno.ENOENT, tree.Files.Open(tree.Context, "/mnt/made", OpenFlags.ReadOnly, 0, out _));
        Assert.Equal(Errno.None, tree.Files.ChangeOwner(tree.Context, "/mnt/abs", 0, 0, false));
        Assert.Equal(Errno.ENOTSUP, tree.Files.ChangeMode(tree.Context, "/mnt/abs", 0x1ff, false));
        Assert.Equal("HOST SECRET", File.ReadAllText(Path.Join(_host, "outside")));
    }

    [Fact]
    public void Nothing_leads_out_while_a_directory_and_a_link_are_exchanged()
    {
        Tree tree = Mounted();
        string outside = Directory.CreateDirectory(Path.Join(_host, "secret")).FullName;
        File.WriteAllText(Path.Join(outside, "f"), "SECRET");
        SetMode(Path.Join(outside, "f"), 0x180);
        Directory.CreateDirectory(Path.Join(Inside, "real"));
        HostFile("real/f", "inside");
        string swapped = Path.Join(Inside, "swapped");
        string hiddenReal = Path.Join(Inside, "real");
        string link = Path.Join(Inside, "link");
        File.CreateSymbolicLink(link, outside);
        HostFile("plain", "inside");
        string file = Path.Join(Inside, "file");
        string fileLink = Path.Join(Inside, "filelink");
        File.CreateSymbolicLink(fileLink, Path.Join(outside, "f"));
        bool stop = false;
        long swaps = 0;
        var enemy = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                HostCalls.Rename(hiddenReal, swapped);
                HostCalls.Rename(Path.Join(Inside, "plain"), file);
                Thread.Yield();
                HostCalls.Rename(swapped, hiddenReal);
                HostCalls.Rename(file, Path.Join(Inside, "plain"));
                HostCalls.Rename(link, swapped);
                HostCalls.Rename(fileLink, file);
                Thread.Yield();
                HostCalls.Rename(swapped, link);
                HostCalls.Rename(file, fileLink);
                swaps++;
            }
        });
        enemy.Start();
        int read = 0;
        int refused = 0;
        byte[] buffer = new byte[100];
        var end = System.Diagnostics.Stopwatch.StartNew();
        while (end.ElapsedMilliseconds < 1500 || (Volatile.Read(ref swaps) < 100 || read == 0 || refused == 0) && end.ElapsedMilliseconds < 60_000)
        {
            foreach (string path in new[] { "/mnt/swapped/f", "/mnt/file" })
            {
                if (tree.Files.Open(tree.Context, path, OpenFlags.ReadWrite, 0, out OpenFile? opened) == Errno.None)
                {
                    Assert.Equal(Errno.None, opened!.ReadAt(buffer, 0, out int count));
                    Assert.Equal("inside", Encoding.ASCII.GetString(buffer, 0, count));
                    opened.WriteAt("inside"u8, 0, out _);
                    opened.Release();
                    read++;
                }
                else
                {
                    refused++;
                }

                tree.Files.Truncate(tree.Context, path, 6);
                tree.Files.ChangeMode(tree.Context, path, 0x1b6, true);
                tree.Files.SetTimes(tree.Context, path, 1, 1, true);
            }

            tree.Files.Open(tree.Context, "/mnt/swapped/made", Make, 0x1a4, out OpenFile? made);
            made?.Release();
            tree.Files.MakeDirectory(tree.Context, "/mnt/swapped/dir", 0x1ed);
            tree.Files.Rename(tree.Context, "/mnt/swapped/dir", tree.Context, "/mnt/swapped/dir2");
            tree.Files.Remove(tree.Context, "/mnt/swapped/f2");
        }

        Volatile.Write(ref stop, true);
        enemy.Join();
        Assert.True(read > 0 && refused > 0, $"{read} read, {refused} refused, {swaps} swaps");
        Assert.Equal("SECRET", File.ReadAllText(Path.Join(outside, "f")));
        Assert.Equal(["f"], Directory.EnumerateFileSystemEntries(outside).Select(Path.GetFileName));
        Assert.Equal(0x180, Mode(Path.Join(outside, "f")));
        Assert.True(File.GetLastWriteTimeUtc(Path.Join(outside, "f")).Year > 2000);
    }

    [Fact]
    public void Bytes_in_names_are_kept()
    {
        Tree tree = Mounted();
        const string Name = "\u00ff\u0001 \u00c3(\n";
        tree.Write("/mnt/" + Name, "odd");
        Assert.Equal("odd", tree.Read("/mnt/" + Name));
        Assert.Equal([Name], tree.List("/mnt"));
        Assert.Equal(Errno.None, tree.Files.Remove(tree.Context, "/mnt/" + Name));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Inside));
    }

    [Fact]
    public void Hard_links_are_one_node()
    {
        Tree tree = Mounted();
        tree.Write("/mnt/a", "x");
        Assert.Equal(Errno.None, tree.Files.Link(tree.Context, "/mnt/a", tree.Context, "/mnt/b", false));
        Assert.Equal(2, tree.Status("/mnt/b").Links);
        tree.Files.Resolve(tree.Context, "/mnt/a", true, out Node? a);
        tree.Files.Resolve(tree.Context, "/mnt/b", true, out Node? b);
        Assert.Same(a, b);
        Assert.Equal(Errno.None, tree.Files.Rename(tree.Context, "/mnt/a", tree.Context, "/mnt/b"));
        Assert.Equal(["a", "b"], tree.List("/mnt").Order());
    }

    [Fact]
    public void A_tag_stays_until_the_host_changes_the_file()
    {
        Tree tree = Mounted();
        HostFile("m", "module");
        tree.Files.Resolve(tree.Context, "/mnt/m", true, out Node? node);
        object tag = new();
        node!.ContentTag = tag;
        Assert.Same(tag, node.ContentTag);
        HostFile("m", "another");
        Assert.Null(node.ContentTag);
    }

    [Fact]
    public void Many_directories_do_not_keep_the_hosts_descriptors()
    {
        Tree tree = Mounted();
        PathContext here = tree.In("/mnt");
        var starts = new List<PathContext>();
        for (int i = 0; i < 600; i++)
        {
            Assert.Equal(Errno.None, tree.Files.MakeDirectory(here, "d", 0x1ed));
            Assert.Equal(Errno.None, tree.Files.Resolve(here, "d", true, out Node? next));
            here = here with { Start = next! };
            starts.Add(here);
        }

        Assert.InRange(OpenBelow(Inside), 1, 500);
        foreach (PathContext start in starts.AsEnumerable().Reverse().Where((_, i) => i % 50 == 0))
            Assert.Equal(Errno.None, tree.Files.GetStatus(start, "..", true, out _));
        string path = tree.Files.PathOf(here.Start, tree.Files.Root);
        Assert.Equal("/mnt".Length + (600 * 2), path.Length);
        for (int i = 598; i >= 0; i--)
            Assert.Equal(Errno.None, tree.Files.RemoveDirectory(starts[i], "d"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_single_file_is_mounted_over_a_file(bool portable)
    {
        Directory.CreateDirectory(Inside);
        HostFile("one", "first");
        HostFile("secret", "not seen");
        Assert.Equal(Errno.None, HostMount.Open(Path.Join(Inside, "one"), false, default, out HostMount? mount, portable ? new PortableHostAccess() : NeedLinux()));
        var tree = new Tree();
        tree.Write("/target", "");
        Assert.Equal(Errno.None, tree.Files.Mount(tree.Context, "/target", mount!.Root, new MountEntry("host", "/target", "hostfs")));
        Assert.Equal("first", tree.Read("/target"));
        tree.Write("/target", "second");
        Assert.Equal("second", File.ReadAllText(Path.Join(Inside, "one")));
        HostFile("new", "third");
        File.Move(Path.Join(Inside, "new"), Path.Join(Inside, "one"), overwrite: true);
        Assert.Equal("third", tree.Read("/target"));
        Assert.Equal(Errno.ENOTDIR, tree.Files.Resolve(tree.Context, "/target/../secret", true, out _));
        File.Delete(Path.Join(Inside, "one"));
        File.CreateSymbolicLink(Path.Join(Inside, "one"), Path.Join(Inside, "secret"));
        Assert.NotEqual(Errno.None, tree.Files.Open(tree.Context, "/target", OpenFlags.ReadOnly, 0, out _));
    }

    [Fact]
    public void Special_files_of_the_host_are_seen_but_not_opened()
    {
        Assert.Equal(Errno.None, HostMount.Open("/dev", true, default, out HostMount? mount, NeedLinux()));
        var tree = new Tree();
        tree.Directory("/mnt");
        tree.Files.Mount(tree.Context, "/mnt", mount!.Root, new MountEntry("host", "/mnt", "hostfs"));
        Assert.Equal(FileType.CharacterDevice, tree.Status("/mnt/null").Type);
        Assert.Equal(Errno.ENXIO, tree.Files.Open(tree.Context, "/mnt/null", OpenFlags.ReadOnly, 0, out _));
        Assert.Equal(Errno.ENXIO, HostMount.Open("/dev/null", true, default, out _, NeedLinux()));
        Assert.Equal(Errno.ENOENT, HostMount.Open(Path.Join(_host, "missing"), true, default, out _));
    }

    [Fact]
    public void The_owner_of_the_mount_owns_what_is_in_it()
    {
        Tree tree = Mounted(owner: new Credentials(1000, 1000));
        HostFile("f", "x");
        SetMode(Path.Join(Inside, "f"), 0x180);
        Assert.Equal((1000, 1000), (tree.Status("/mnt/f").UserId, tree.Status("/mnt/f").GroupId));
        Assert.Equal(Errno.None, tree.Files.Access(tree.As(1000, 1000), "/mnt/f", 6));
        Assert.Equal(Errno.EACCES, tree.Files.Access(tree.As(1001, 1001), "/mnt/f", 4));
    }
}
