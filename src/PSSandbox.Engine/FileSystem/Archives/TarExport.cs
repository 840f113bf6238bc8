using System.Formats.Tar;

namespace PSSandbox.FileSystem;

/// <summary>Packs a directory of a tree as a tar stream in pax format. Depth costs no stack.</summary>
/// <remarks>
/// Names are written as UTF-8: of one that is not, the bytes that are ill-formed become U+FFFD. Sockets are left out, as
/// tar programs do; mounts are not entered.
/// </remarks>
internal static class TarExport
{
    /// <summary>Packs a directory's content. Names are relative to it, in the directory's order.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="archive">Where to.</param>
    /// <exception cref="IOException">A node could not be read, or the stream not be written.</exception>
    public static void Run(Node directory, Stream archive)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(archive);
        using var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true);
        var linked = new Dictionary<(ulong Device, ulong Inode), string>();
        var left = new Stack<(Node Node, string Path)>();
        Push(directory, "", left);
        while (left.TryPop(out (Node Node, string Path) next))
        {
            Check(next.Path, next.Node.GetStatus(out FileStatus status));
            Write(writer, next.Node, next.Path, status, linked);
            if (status.Type == FileType.Directory && !next.Node.IsMountPoint)
                Push(next.Node, next.Path + "/", left);
        }
    }

    private static void Check(string path, Errno errno)
    {
        if (errno != Errno.None)
            throw new IOException($"'{ByteText.ToText(path)}' cannot be packed: {errno.Message()}.");
    }

    private static void Push(Node directory, string prefix, Stack<(Node Node, string Path)> left)
    {
        Check(prefix, directory.Open(OpenFlags.Directory, null, out OpenFile? file));
        var children = new List<(Node, string)>();
        long cookie = 0;
        while (file!.ReadDirectory(ref cookie, out DirectoryEntry? entry) == Errno.None && entry is { } found)
        {
            if (found.Name is not ("." or "..") && directory.Lookup(found.Name, out Node? child) == Errno.None)
                children.Add((child!, prefix + found.Name));
        }

        file.Release();
        for (int i = children.Count - 1; i >= 0; i--)
            left.Push(children[i]);
    }

    private static void Write(TarWriter writer, Node node, string path, in FileStatus status, Dictionary<(ulong, ulong), string> linked)
    {
        TarEntryType? type = status.Type switch
        {
            FileType.Regular => TarEntryType.RegularFile,
            FileType.Directory => TarEntryType.Directory,
            FileType.SymbolicLink => TarEntryType.SymbolicLink,
            FileType.Fifo => TarEntryType.Fifo,
            FileType.CharacterDevice => TarEntryType.CharacterDevice,
            FileType.BlockDevice => TarEntryType.BlockDevice,
            _ => null,
        };
        if (type is not { } kind)
            return;
        string? target = null;
        if (kind == TarEntryType.SymbolicLink)
        {
            Check(path, node.ReadLink(out target));
        }
        else if (kind != TarEntryType.Directory && status.Links > 1)
        {
            if (linked.TryGetValue((status.Device, status.Inode), out target))
                kind = TarEntryType.HardLink;
            else
                linked[(status.Device, status.Inode)] = path;
        }

        var entry = new PaxTarEntry(kind, ByteText.ToText(path) + (kind == TarEntryType.Directory ? "/" : ""))
        {
            Mode = (UnixFileMode)status.Mode,
            Uid = status.UserId,
            Gid = status.GroupId,
            ModificationTime = Timestamp.ToDateTime(status.ModificationTime),
        };
        if (target is not null)
            entry.LinkName = ByteText.ToText(target);
        if (kind is TarEntryType.CharacterDevice or TarEntryType.BlockDevice)
        {
            entry.DeviceMajor = (int)(status.RawDevice >> 8);
            entry.DeviceMinor = (int)(status.RawDevice & 0xff);
        }

        if (kind != TarEntryType.RegularFile)
        {
            writer.WriteEntry(entry);
            return;
        }

        Check(path, node.Open(OpenFlags.ReadOnly, null, out OpenFile? file));
        using var content = new OpenFileReader(file!, status.Size);
        entry.DataStream = content;
        writer.WriteEntry(entry);
    }
}
