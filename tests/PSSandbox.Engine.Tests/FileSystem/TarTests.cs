using System.Diagnostics;
using System.Formats.Tar;
using System.Text;
using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

public sealed class TarTests
{
    private static Tree Sample()
    {
        var tree = new Tree();
        tree.Directory("/etc", 0x1c0);
        tree.Write("/etc/f", new string('x', 100_000), 0x9ed);
        tree.Write("/empty", "");
        tree.Symlink("../etc/f", "/etc/l");
        tree.Files.Link(tree.Context, "/etc/f", tree.Context, "/hard", false);
        tree.Files.MakeNode(tree.Context, "/p", FileType.Fifo, 0x180, 0);
        tree.Files.MakeNode(tree.Context, "/null", FileType.CharacterDevice, 0x1b6, 0x103);
        string deep = "";
        for (int i = 0; i < 12; i++)
        {
            deep += "/a-directory-with-a-long-name";
            tree.Directory(deep);
        }

        tree.Write(deep + "/" + ByteText.FromText("Grüße 世界"), "deep");
        tree.Files.ChangeOwner(tree.Context, "/empty", 1000, 100, true);
        tree.Files.SetTimes(tree.Context, "/etc", 5_000_000_000, 1_500_000_000_000_000_000, true);
        return tree;
    }

    private static string Describe(Tree tree)
    {
        var text = new StringBuilder();
        var left = new Stack<string>([""]);
        while (left.TryPop(out string? at))
        {
            foreach (string name in tree.List(at + "/").OrderDescending(StringComparer.Ordinal))
            {
                string path = at + "/" + name;
                FileStatus status = tree.Status(path);
                text.Append($"{path} {status.Type} {status.Mode:x} {status.UserId}:{status.GroupId} {status.Links} {status.RawDevice} {status.ModificationTime}");
                if (status.Type == FileType.Regular)
                    text.Append(tree.Read(path));
                else if (status.Type == FileType.SymbolicLink && tree.Files.ReadLink(tree.Context, path, out string target) == Errno.None)
                    text.Append(target);
                text.Append('\n');
                if (status.Type == FileType.Directory)
                    left.Push(path);
            }
        }

        return text.ToString();
    }

    private static MemoryStream Archive(params TarEntry[] entries)
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            foreach (TarEntry entry in entries)
                writer.WriteEntry(entry);
        }

        stream.Position = 0;
        return stream;
    }

    private static PaxTarEntry Entry(TarEntryType type, string name, string? link = null)
    {
        var entry = new PaxTarEntry(type, name);
        if (link is not null)
            entry.LinkName = link;
        return entry;
    }

    private static PaxTarEntry File(string name, string text) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    [Fact]
    public void What_goes_out_comes_back_the_same()
    {
        Tree tree = Sample();
        var stream = new MemoryStream();
        TarExport.Run(tree.Files.Root, stream);
        stream.Position = 0;
        var copy = new Tree();
        TarImport.Run(copy.Files, copy.Context, copy.Files.Root, stream);
        Assert.Equal(Describe(tree), Describe(copy));
    }

    [Fact]
    public void The_tar_of_the_machine_reads_ours_and_we_read_its()
    {
        if (OperatingSystem.IsWindows() || !System.IO.File.Exists("/usr/bin/tar") && !System.IO.File.Exists("/bin/tar"))
            Assert.Skip("needs tar");
        string folder = Directory.CreateTempSubdirectory("pssandbox-test-").FullName;
        try
        {
            using (FileStream archive = System.IO.File.Create(Path.Join(folder, "ours.tar")))
                TarExport.Run(Sample().Files.Root, archive);
            Assert.Contains("etc/f\n", Tar($"tf {folder}/ours.tar"), StringComparison.Ordinal);
            string name = $"{new string('d', 80)}/{new string('e', 80)}";
            Directory.CreateDirectory(Path.Join(folder, "in", name));
            System.IO.File.WriteAllText(Path.Join(folder, "in", name, "f"), "from tar");
            foreach (string format in new[] { "gnu", "ustar", "pax" })
            {
                Tar($"--format={format} -cf {folder}/{format}.tar -C {folder}/in .");
                var tree = new Tree();
                using FileStream archive = System.IO.File.OpenRead(Path.Join(folder, $"{format}.tar"));
                TarImport.Run(tree.Files, tree.Context, tree.Files.Root, archive);
                Assert.Equal("from tar", tree.Read($"/{name}/f"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Tar(string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("tar", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string text = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, text);
        return text;
    }

    [Fact]
    public void Hostile_entries_stay_inside()
    {
        foreach (TarEntry[] entries in new TarEntry[][]
        {
            [File("../escaped", "x")],
            [File("a/../../escaped", "x")],
            [Entry(TarEntryType.SymbolicLink, "l", "/"), File("l/escaped", "x")],
            [Entry(TarEntryType.SymbolicLink, "l", ".."), File("l/escaped", "x")],
            [Entry(TarEntryType.HardLink, "h", "../secret"), File("h", "x")],
            [Entry(TarEntryType.SymbolicLink, "l", "/"), Entry(TarEntryType.HardLink, "h", "l/secret")],
            [File(new string('n', 256), "x")],
            [File(string.Concat(Enumerable.Repeat("d/", 2000)) + "f", "x")],
        })
        {
            var tree = new Tree();
            tree.Write("/secret", "kept");
            tree.Directory("/to");
            using MemoryStream stream = Archive(entries);
            Assert.Throws<InvalidDataException>(() => TarImport.Run(tree.Files, tree.Context, tree.In("/to").Start, stream));
            Assert.Equal(["secret", "to"], tree.List("/"));
            Assert.Equal("kept", tree.Read("/secret"));
        }
    }

    [Fact]
    public void Absolute_names_and_links_that_are_replaced_are_harmless()
    {
        var tree = new Tree();
        tree.Write("/secret", "kept");
        tree.Directory("/to");
        using MemoryStream stream = Archive(
            File("/abs/f", "beneath"),
            Entry(TarEntryType.SymbolicLink, "l", "/secret"),
            File("l", "replaced, not followed"),
            Entry(TarEntryType.Directory, "abs"),
            File("./abs//./g", "x"));
        TarImport.Run(tree.Files, tree.Context, tree.In("/to").Start, stream);
        Assert.Equal("beneath", tree.Read("/to/abs/f"));
        Assert.Equal("replaced, not followed", tree.Read("/to/l"));
        Assert.Equal("kept", tree.Read("/secret"));
        Assert.Equal(["f", "g"], tree.List("/to/abs"));
    }

    [Fact]
    public void Limits_hold_and_broken_archives_are_refused()
    {
        var tree = new Tree(new StorageAccount(byteLimit: 100_000));
        using (MemoryStream stream = Archive(File("f", new string('x', 200_000))))
            Assert.Contains("No space left", Assert.Throws<IOException>(() => TarImport.Run(tree.Files, tree.Context, tree.Files.Root, stream)).Message, StringComparison.Ordinal);
        using MemoryStream whole = Archive(File("f", new string('x', 5000)), File("g", "y"));
        byte[] bytes = whole.ToArray();
        var random = new Random(5);
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = (byte[])bytes.Clone();
            for (int i = 0; i < 4; i++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            int length = random.Next(3) == 0 ? random.Next(damaged.Length) : damaged.Length;
            var target = new Tree(new StorageAccount(byteLimit: 1 << 20));
            try
            {
                TarImport.Run(target.Files, target.Context, target.Files.Root, new MemoryStream(damaged, 0, length));
            }
            catch (Exception e) when (e is InvalidDataException or IOException)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    [Fact]
    public void Another_user_gets_what_is_his()
    {
        var tree = new Tree();
        tree.Directory("/to", 0x1ff);
        PaxTarEntry file = File("f", "x");
        file.Uid = 7;
        file.Mode = (UnixFileMode)0x9ed;
        using MemoryStream stream = Archive(file);
        TarImport.Run(tree.Files, tree.As(1000, 1000), tree.In("/to").Start, stream);
        Assert.Equal((1000, 0x9ed), (tree.Status("/to/f").UserId, tree.Status("/to/f").Mode));
    }
}
