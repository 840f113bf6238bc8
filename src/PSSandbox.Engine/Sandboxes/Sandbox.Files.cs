using PSSandbox.FileSystem;

namespace PSSandbox.Sandboxes;

// Files, from the host's side. Paths are absolute, or relative to the sandbox's working directory; they are .NET text.
public sealed partial class Sandbox
{
    private const int DefaultFileMode = 0x1a4;

    private PathContext HostPaths => _kernel.Init.Paths with { User = Credentials.Root };

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="SandboxException">FileNotFound, FileOperationFailed.</exception>
    public byte[] ReadFile(string path)
    {
        using SandboxFileStream stream = OpenFile(path, FileMode.Open, FileAccess.Read);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    /// <summary>Writes a whole file; directories on the way are made.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it will hold.</param>
    /// <param name="mode">Permission bits of a new file.</param>
    /// <exception cref="SandboxException">SandboxLimitExceeded when its files are full, FileOperationFailed.</exception>
    public void WriteFile(string path, ReadOnlySpan<byte> content, int mode = DefaultFileMode)
    {
        ArgumentNullException.ThrowIfNull(path);
        int slash = path.LastIndexOf('/');
        if (slash > 0)
            MakeDirectories(ByteText.FromText(path[..slash]));
        using SandboxFileStream stream = OpenFile(path, FileMode.Create, FileAccess.Write, mode);
        stream.Write(content);
    }

    /// <summary>Opens a file as a .NET stream.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">As <see cref="System.IO.FileMode"/> says.</param>
    /// <param name="access">Read, write or both.</param>
    /// <param name="permissions">Permission bits of a new file.</param>
    /// <exception cref="SandboxException">FileNotFound, FileOperationFailed.</exception>
    public SandboxFileStream OpenFile(string path, FileMode mode, FileAccess access, int permissions = DefaultFileMode)
    {
        OpenFlags flags = access switch
        {
            FileAccess.Read => OpenFlags.ReadOnly,
            FileAccess.Write => OpenFlags.WriteOnly,
            _ => OpenFlags.ReadWrite,
        };
        flags |= mode switch
        {
            FileMode.CreateNew => OpenFlags.Create | OpenFlags.Exclusive,
            FileMode.Create => OpenFlags.Create | OpenFlags.Truncate,
            FileMode.OpenOrCreate => OpenFlags.Create,
            FileMode.Truncate => OpenFlags.Truncate,
            FileMode.Append => OpenFlags.Create | OpenFlags.Append,
            _ => 0,
        };
        Check(_kernel.Files.Open(HostPaths, ByteText.FromText(path), flags | OpenFlags.NonBlocking, permissions, out OpenFile? file), path);
        return new SandboxFileStream(file!, path);
    }

    /// <summary>Whether there is something of that name (a link that leads nowhere counts).</summary>
    public bool ItemExists(string path) =>
        _kernel.Files.GetStatus(HostPaths, ByteText.FromText(path), false, out _) == Errno.None;

    /// <summary>Tells of a file, directory or link.</summary>
    /// <param name="path">Which.</param>
    /// <param name="follow">Whether to tell of what a link points to instead.</param>
    /// <exception cref="SandboxException">FileNotFound.</exception>
    public SandboxItem GetItem(string path, bool follow = false)
    {
        string name = ByteText.FromText(path);
        Check(_kernel.Files.GetStatus(HostPaths, name, follow, out FileStatus status), path);
        string? target = null;
        if (status.Type == FileType.SymbolicLink && _kernel.Files.ReadLink(HostPaths, name, out string link) == Errno.None)
            target = ByteText.ToText(link);
        return new SandboxItem(Name, path.Length > 1 ? path.TrimEnd('/') : path, status, target);
    }

    /// <summary>Tells of everything in a directory, by name.</summary>
    /// <exception cref="SandboxException">FileNotFound, FileOperationFailed for what is no directory.</exception>
    public IReadOnlyList<SandboxItem> GetItems(string path)
    {
        Check(_kernel.Files.Open(HostPaths, ByteText.FromText(path), OpenFlags.Directory, 0, out OpenFile? directory), path);
        var items = new List<SandboxItem>();
        try
        {
            long cookie = 0;
            while (true)
            {
                Check(directory!.ReadDirectory(ref cookie, out DirectoryEntry? entry), path);
                if (entry is not { } found)
                    break;
                if (found.Name is "." or "..")
                    continue;
                string child = $"{path.TrimEnd('/')}/{ByteText.ToText(found.Name)}";
                if (ItemExists(child))
                    items.Add(GetItem(child));
            }
        }
        finally
        {
            directory!.Release();
        }

        items.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return items;
    }

    /// <summary>Makes a directory and those on the way to it; one that exists is left alone.</summary>
    /// <exception cref="SandboxException">FileOperationFailed.</exception>
    public void MakeDirectory(string path) => MakeDirectories(ByteText.FromText(path));

    /// <summary>Makes a symbolic link.</summary>
    /// <exception cref="SandboxException">FileOperationFailed.</exception>
    public void MakeLink(string path, string target) =>
        Check(_kernel.Files.MakeSymbolicLink(HostPaths, ByteText.FromText(target), ByteText.FromText(path)), path);

    /// <summary>Removes a file, a link or a directory.</summary>
    /// <param name="path">Which.</param>
    /// <param name="recurse">Whether a directory goes with all that is in it; otherwise it must be empty.</param>
    /// <exception cref="SandboxException">FileNotFound, FileOperationFailed.</exception>
    public void RemoveItem(string path, bool recurse = false)
    {
        var directories = new Stack<(string Path, bool Emptied)>();
        if (!GetItem(path).IsContainer)
        {
            Check(_kernel.Files.Remove(HostPaths, ByteText.FromText(path)), path);
            return;
        }

        directories.Push((path, !recurse));
        while (directories.TryPop(out (string Path, bool Emptied) next))
        {
            if (next.Emptied)
            {
                Check(_kernel.Files.RemoveDirectory(HostPaths, ByteText.FromText(next.Path)), next.Path);
                continue;
            }

            directories.Push((next.Path, true));
            foreach (SandboxItem child in GetItems(next.Path))
            {
                if (child.IsContainer)
                    directories.Push((child.FullName, false));
                else
                    Check(_kernel.Files.Remove(HostPaths, ByteText.FromText(child.FullName)), child.FullName);
            }
        }
    }

    /// <summary>Renames, replacing what bears the new name (POSIX rename).</summary>
    /// <exception cref="SandboxException">FileNotFound, FileOperationFailed.</exception>
    public void MoveItem(string path, string destination) =>
        Check(_kernel.Files.Rename(HostPaths, ByteText.FromText(path), HostPaths, ByteText.FromText(destination)), path);

    /// <summary>Sets permission bits.</summary>
    /// <exception cref="SandboxException">FileNotFound, FileOperationFailed.</exception>
    public void SetMode(string path, int mode) => Check(_kernel.Files.ChangeMode(HostPaths, ByteText.FromText(path), mode & 0xfff, true), path);

    /// <summary>Sets the time of the last change of content.</summary>
    /// <exception cref="SandboxException">FileNotFound, FileOperationFailed.</exception>
    public void SetLastWriteTime(string path, DateTimeOffset time) =>
        Check(_kernel.Files.SetTimes(HostPaths, ByteText.FromText(path), null, (time.UtcDateTime - DateTime.UnixEpoch).Ticks * 100, true), path);

    internal static void Check(Errno error, string path)
    {
        if (error != Errno.None)
            throw Error(error, path);
    }

    private static SandboxException Error(Errno error, string path)
    {
        SandboxErrorCode code = error switch
        {
            Errno.ENOENT => SandboxErrorCode.FileNotFound,
            Errno.ENOSPC or Errno.EDQUOT or Errno.EFBIG => SandboxErrorCode.SandboxLimitExceeded,
            _ => SandboxErrorCode.FileOperationFailed,
        };
        return new SandboxException(code, $"'{path}': {error.Message()}.");
    }
}
