using System.Text;
using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

/// <summary>A tree to test on, with short forms of the calls that say which error they got.</summary>
internal sealed class Tree
{
    public Tree(StorageAccount? account = null)
    {
        Account = account ?? new StorageAccount();
        Memory = new MemoryFileSystem(Account);
        Files = new VirtualFileSystem(Memory.Root);
        Context = new PathContext(Files.Root, Files.Root, Credentials.Root);
    }

    public Tree(MemoryFileSystem memory)
    {
        Account = memory.Account;
        Memory = memory;
        Files = new VirtualFileSystem(memory.Root);
        Context = new PathContext(Files.Root, Files.Root, Credentials.Root);
    }

    public StorageAccount Account { get; }

    public MemoryFileSystem Memory { get; }

    public VirtualFileSystem Files { get; }

    public PathContext Context { get; set; }

    public PathContext As(int uid, int gid) => Context with { User = new Credentials(uid, gid) };

    public PathContext In(string directory)
    {
        Assert.Equal(Errno.None, Files.Resolve(Context, directory, true, out Node? node));
        return Context with { Start = node! };
    }

    public void Write(string path, string text, int mode = 0x1a4)
    {
        Assert.Equal(Errno.None, Files.Open(Context, path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, mode, out OpenFile? file));
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        if (bytes.Length > 0)
        {
            Assert.Equal(Errno.None, file!.Write(bytes, null, out int count));
            Assert.Equal(bytes.Length, count);
        }

        file!.Release();
    }

    public string Read(string path)
    {
        Assert.Equal(Errno.None, Files.Open(Context, path, OpenFlags.ReadOnly, 0, out OpenFile? file));
        string text = ReadToEnd(file!);
        file!.Release();
        return text;
    }

    public static string ReadToEnd(OpenFile file)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[1000];
        while (true)
        {
            Assert.Equal(Errno.None, file.Read(buffer, null, out int count));
            if (count == 0)
                return text.ToString();
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }

    public void Directory(string path, int mode = 0x1ed) => Assert.Equal(Errno.None, Files.MakeDirectory(Context, path, mode));

    public void Symlink(string target, string path) => Assert.Equal(Errno.None, Files.MakeSymbolicLink(Context, target, path));

    public FileStatus Status(string path, bool follow = false)
    {
        Assert.Equal(Errno.None, Files.GetStatus(Context, path, follow, out FileStatus status));
        return status;
    }

    public string[] List(string path)
    {
        Assert.Equal(Errno.None, Files.Open(Context, path, OpenFlags.ReadOnly | OpenFlags.Directory, 0, out OpenFile? file));
        var names = new List<string>();
        long cookie = 0;
        while (true)
        {
            Assert.Equal(Errno.None, file!.ReadDirectory(ref cookie, out DirectoryEntry? entry));
            if (entry is not { } found)
                break;
            names.Add(found.Name);
        }

        file.Release();
        Assert.Equal([".", ".."], names[..2]);
        return [.. names[2..]];
    }
}
