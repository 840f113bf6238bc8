using System.Text;
using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

/// <summary>Random sequences of operations give the same errors and the same tree in memory, over an overlay, on a host mount, and by the host's own calls.</summary>
public sealed class DifferentialTests : IDisposable
{
    /// <summary>Where the operations work: so deep that ".." never leads out of the tree that is compared.</summary>
    private const string Base = "/1/2/3/4/5/6/7/8/9";

    private static readonly string[] Names = ["a", "b", "c", "dir", "link"];
    private readonly string _work = Directory.CreateTempSubdirectory("pssandbox-test-").FullName;

    public void Dispose() => Directory.Delete(_work, recursive: true);

    private interface ISystem
    {
        Errno Do(int operation, string first, string second, int number);

        string Describe(string path);
    }

    private sealed class Sandboxed(Tree tree, string root) : ISystem
    {
        public Errno Do(int operation, string first, string second, int number)
        {
            VirtualFileSystem files = tree.Files;
            PathContext c = tree.Context;
            string path = root + Base + first;
            switch (operation)
            {
                case 0: return files.MakeDirectory(c, path, 0x1ed);
                case 1: return files.RemoveDirectory(c, path);
                case 2: return files.Remove(c, path);
                case 3: return files.Rename(c, path, c, root + Base + second);
                case 4: return files.MakeSymbolicLink(c, LinkTarget(second), path);
                case 5: return files.Link(c, path, c, root + Base + second, (number & 1) != 0);
                case 6: return files.Truncate(c, path, number);
                case 7: return files.ReadLink(c, path, out _);
                case 8: return files.ChangeMode(c, path, 0x1c0 | number & 0x3f, true);
                case 9: return files.Access(c, path, number & 7);
                default:
                    Errno errno = files.Open(c, path, Flags(number), 0x1a4, out OpenFile? file);
                    if (file is not null)
                    {
                        if (file.CanWrite)
                            file.Write(Encoding.ASCII.GetBytes($"<{number}>"), null, out _);
                        file.Release();
                    }

                    return errno;
            }
        }

        public string Describe(string path)
        {
            var text = new StringBuilder();
            var left = new Stack<string>([path]);
            while (left.TryPop(out string? at))
            {
                Assert.Equal(Errno.None, tree.Files.GetStatus(tree.Context, root + at, false, out FileStatus status));
                text.Append($"{at} {status.Type} {Convert.ToString(status.Mode, 8)}");
                if (status.Type == FileType.Regular)
                    text.Append($" {status.Links} {status.Size} {tree.Read(root + at)}");
                else if (status.Type == FileType.SymbolicLink && tree.Files.ReadLink(tree.Context, root + at, out string target) == Errno.None)
                    text.Append($" -> {target}");
                text.Append('\n');
                if (status.Type != FileType.Directory)
                    continue;
                foreach (string name in tree.List(root + at).OrderDescending(StringComparer.Ordinal))
                    left.Push($"{at}/{name}");
            }

            return text.ToString();
        }
    }

    private sealed class Host(string root) : ISystem
    {
        public Errno Do(int operation, string first, string second, int number)
        {
            string path = root + Base + first;
            switch (operation)
            {
                case 0: return HostCalls.MakeDirectory(path, 0x1ed);
                case 1: return HostCalls.RemoveDirectory(path);
                case 2: return HostCalls.Unlink(path);
                case 3: return HostCalls.Rename(path, root + Base + second);
                case 4: return HostCalls.MakeSymbolicLink(LinkTarget(second), path);
                case 5: return HostCalls.Link(path, root + Base + second, (number & 1) != 0);
                case 6: return HostCalls.Truncate(path, number);
                case 7: return HostCalls.ReadLink(path, out _);
                case 8: return HostCalls.ChangeMode(path, 0x1c0 | number & 0x3f);
                case 9: return HostCalls.Access(path, number & 7);
                default:
                    Errno errno = HostCalls.Open(path, Flags(number), 0x1a4, out int descriptor);
                    if (errno == Errno.None)
                    {
                        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);
                        if ((Flags(number) & OpenFlags.AccessMask) != OpenFlags.ReadOnly)
                        {
                            long offset = (Flags(number) & OpenFlags.Append) != 0 ? RandomAccess.GetLength(handle) : 0;
                            RandomAccess.Write(handle, Encoding.ASCII.GetBytes($"<{number}>"), offset);
                        }
                    }

                    return errno;
            }
        }

        public string Describe(string path) => throw new NotSupportedException("the host is looked at through a mount");
    }

    /// <summary>A relative target that leads nowhere above: chains of links must not climb out of the tree on the host.</summary>
    private static string LinkTarget(string path) => path.Replace("../", "", StringComparison.Ordinal).TrimStart('/');

    private static OpenFlags Flags(int number) =>
        (OpenFlags)(number % 3)
        | ((number & 0x10) != 0 ? OpenFlags.Create : 0)
        | ((number & 0x20) != 0 ? OpenFlags.Exclusive : 0)
        | ((number & 0x40) != 0 ? OpenFlags.Truncate : 0)
        | ((number & 0x80) != 0 ? OpenFlags.Append : 0)
        | ((number & 0x300) == 0 ? OpenFlags.Directory : 0)
        | ((number & 0xc00) == 0 ? OpenFlags.NoFollow : 0);

    private static string RandomPath(Random random)
    {
        var path = new StringBuilder();
        int depth = 1 + random.Next(3);
        for (int i = 0; i < depth; i++)
        {
            path.Append('/');
            if (random.Next(15) == 0)
                path.Append('/');
            int kind = random.Next(25);
            path.Append(kind == 0 ? "." : kind == 1 ? "../" + Names[random.Next(Names.Length)] : Names[random.Next(Names.Length)]);
        }

        if (random.Next(12) == 0)
            path.Append('/');
        return path.ToString();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_operations_do_the_same_everywhere(int seed)
    {
        if (!LinuxHostAccess.IsSupported || !Environment.IsPrivilegedProcess)
            Assert.Skip("needs Linux, as root");
        if (!File.ReadAllText("/proc/self/status").Contains("Umask:\t0022\n", StringComparison.Ordinal))
            Assert.Skip("needs the umask 022");
        string host = Directory.CreateDirectory(Path.Join(_work, "host")).FullName;
        string mounted = Directory.CreateDirectory(Path.Join(_work, "mounted")).FullName;
        string lower = Directory.CreateDirectory(Path.Join(_work, "lower")).FullName;
        var tree = new Tree();
        foreach (string name in new[] { "/memory", "/mounted", "/overlay", "/host" })
            tree.Directory(name);
        Mount("/mounted", mounted, overlay: false);
        Mount("/overlay", lower, overlay: true);
        Mount("/host", host, overlay: false);
        ISystem[] systems = [new Host(host), new Sandboxed(tree, "/memory"), new Sandboxed(tree, "/mounted"), new Sandboxed(tree, "/overlay")];
        foreach (string path in new[] { host, mounted, lower })
            Directory.CreateDirectory(path + Base);
        for (int i = 2; i <= Base.Length; i += 2)
            tree.Directory("/memory" + Base[..i]);
        var random = new Random(seed);
        var log = new StringBuilder();
        for (int step = 0; step < 1500; step++)
        {
            int operation = random.Next(14);
            string first = RandomPath(random);
            string second = RandomPath(random);
            int number = random.Next(0x1000);
            Errno expected = systems[0].Do(operation, first, second, number);
            log.Append($"{step}: {operation} {first} {second} {number:x} {expected}\n");
            for (int i = 1; i < systems.Length; i++)
            {
                Errno errno = systems[i].Do(operation, first, second, number);
                if (errno != expected)
                    Assert.Fail($"system {i} gives {errno}, the host {expected}, seed {seed}\n{Tail(log)}\n{new Sandboxed(tree, "/host").Describe("")}");
            }

            if (step % 50 != 0)
                continue;
            string truth = new Sandboxed(tree, "/host").Describe("");
            for (int i = 1; i < systems.Length; i++)
                Assert.Equal(truth, systems[i].Describe(""));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(lower + Base));

        void Mount(string at, string path, bool overlay)
        {
            Assert.Equal(Errno.None, HostMount.Open(path, overlay, default, out HostMount? mount));
            Node? root = mount!.Root;
            if (overlay)
                Assert.Equal(Errno.None, OverlayMount.Create(mount.Root, tree.Account, out root));
            Assert.Equal(Errno.None, tree.Files.Mount(tree.Context, at, root!, new MountEntry("x", at, "x")));
        }
    }

    private static string Tail(StringBuilder log)
    {
        string text = log.ToString();
        return text.Length > 1500 ? text[^1500..] : text;
    }
}
