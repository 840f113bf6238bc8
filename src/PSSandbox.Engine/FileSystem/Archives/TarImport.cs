using System.Buffers;
using System.Formats.Tar;

namespace PSSandbox.FileSystem;

/// <summary>
/// Unpacks a tar stream (v7, ustar, pax, GNU) into a directory of a tree. The archive may be hostile: names stay beneath
/// the directory, no symbolic link is followed on the way, and limits of the account hold.
/// </summary>
/// <remarks>Names are taken for UTF-8, since the archive library decodes them.</remarks>
internal sealed class TarImport
{
    /// <summary>Most components of a name.</summary>
    private const int MaxDepth = 1024;

    private readonly VirtualFileSystem _files;
    private readonly PathContext _context;
    private readonly List<(PathContext Parent, string Name, long Time)> _directoryTimes = [];

    private TarImport(VirtualFileSystem files, in PathContext context, Node directory)
    {
        _files = files;
        _context = context with { Root = directory, Start = directory };
    }

    /// <summary>Unpacks an archive. As user 0, owners and devices are kept; as another, everything is that user's.</summary>
    /// <param name="files">The tree.</param>
    /// <param name="context">As whom.</param>
    /// <param name="directory">Where to.</param>
    /// <param name="archive">The archive, not compressed.</param>
    /// <exception cref="InvalidDataException">The archive is broken, or an entry would lead out of the directory.</exception>
    /// <exception cref="IOException">The tree refused an entry: its message holds the name and why.</exception>
    public static void Run(VirtualFileSystem files, in PathContext context, Node directory, Stream archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        var import = new TarImport(files, context, directory);
        try
        {
            using var reader = new TarReader(archive, leaveOpen: true);
            while (reader.GetNextEntry() is { } entry)
                import.Add(entry);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or EndOfStreamException or OverflowException or NotSupportedException)
        {
            throw new InvalidDataException($"The archive is broken: {e.Message}", e);
        }

        // Last, since what is put into a directory changes its time.
        foreach ((PathContext parent, string name, long time) in import._directoryTimes)
            files.SetTimes(parent, name, null, time, follow: false);
    }

    private static InvalidDataException Refuse(TarEntry entry, string why) => new($"The archive's entry '{entry.Name}' {why}.");

    private static void Check(TarEntry entry, Errno errno)
    {
        if (errno != Errno.None)
            throw new IOException($"'{entry.Name}' cannot be unpacked: {errno.Message()}.");
    }

    private static List<string> Split(TarEntry entry, string text)
    {
        var names = new List<string>();
        foreach (string name in ByteText.FromText(text).Split('/'))
        {
            if (name.Length == 0 || name == ".")
                continue;
            if (name == "..")
                throw Refuse(entry, "leads out by '..'");
            if (name.Contains('\0', StringComparison.Ordinal) || name.Length > VirtualFileSystem.MaxName)
                throw Refuse(entry, "has a name that no file can have");
            names.Add(name);
        }

        return names.Count <= MaxDepth ? names : throw Refuse(entry, "lies too deep");
    }

    private void Add(TarEntry entry)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes or TarEntryType.ExtendedAttributes
            or TarEntryType.LongLink or TarEntryType.LongPath or TarEntryType.DirectoryList or TarEntryType.TapeVolume or TarEntryType.MultiVolume)
            return;
        List<string> names = Split(entry, entry.Name);
        if (names.Count == 0)
            return;
        PathContext parent = Directory(entry, names);
        string name = names[^1];
        int mode = (int)entry.Mode & 0xfff;
        if (entry.EntryType == TarEntryType.Directory)
        {
            Errno errno = _files.MakeDirectory(parent, name, mode);
            if (errno == Errno.EEXIST && _files.GetStatus(parent, name, false, out FileStatus there) == Errno.None && there.Type == FileType.Directory)
                errno = Errno.None;
            Check(entry, errno);
            Finish(entry, parent, name, mode);
            _directoryTimes.Add((parent, name, Timestamp.FromDateTime(entry.ModificationTime.UtcDateTime)));
            return;
        }

        if (_files.Remove(parent, name) is var removed and not (Errno.None or Errno.ENOENT))
            Check(entry, removed);
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile or TarEntryType.SparseFile:
                Write(entry, parent, name, mode);
                break;
            case TarEntryType.SymbolicLink:
                Check(entry, _files.MakeSymbolicLink(parent, ByteText.FromText(entry.LinkName), name));
                break;
            case TarEntryType.HardLink:
                List<string> target = Split(entry, entry.LinkName);
                if (target.Count == 0)
                    throw Refuse(entry, "is a link to nothing");
                Check(entry, _files.Link(Directory(entry, target), target[^1], parent, name, follow: false));
                return;
            case TarEntryType.Fifo:
                Check(entry, _files.MakeNode(parent, name, FileType.Fifo, mode, 0));
                break;
            case TarEntryType.CharacterDevice or TarEntryType.BlockDevice when entry is PosixTarEntry device:
                FileType type = entry.EntryType == TarEntryType.CharacterDevice ? FileType.CharacterDevice : FileType.BlockDevice;
                Check(entry, _files.MakeNode(parent, name, type, mode, ((ulong)(uint)device.DeviceMajor << 8) | (uint)device.DeviceMinor & 0xff));
                break;
            default:
                throw Refuse(entry, $"is of a kind that is not supported ({entry.EntryType})");
        }

        Finish(entry, parent, name, mode);
        _files.SetTimes(parent, name, null, Timestamp.FromDateTime(entry.ModificationTime.UtcDateTime), follow: false);
    }

    /// <summary>The directory that a name lies in, made if need be; a link on the way is refused.</summary>
    private PathContext Directory(TarEntry entry, List<string> names)
    {
        PathContext at = _context;
        for (int i = 0; i < names.Count - 1; i++)
        {
            Errno errno = _files.MakeDirectory(at, names[i], 0x1ed);
            if (errno is not (Errno.None or Errno.EEXIST or Errno.EROFS))
                Check(entry, errno);
            errno = _files.Resolve(at, names[i], followLast: false, out Node? next);
            Check(entry, errno);
            if (!next!.IsDirectory)
                throw Refuse(entry, $"leads through '{ByteText.ToText(names[i])}', which is no directory");
            at = at with { Start = next };
        }

        return at;
    }

    private void Write(TarEntry entry, in PathContext parent, string name, int mode)
    {
        Check(entry, _files.Open(parent, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, mode, out OpenFile? file));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(65536);
        try
        {
            while (entry.DataStream is { } data && data.Read(buffer) is > 0 and var count)
            {
                ReadOnlySpan<byte> left = buffer.AsSpan(0, count);
                while (!left.IsEmpty)
                {
                    Check(entry, file!.Write(left, null, out int written));
                    left = left[written..];
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            file!.Release();
        }
    }

    /// <summary>Owner and exact mode, where the user may set them.</summary>
    private void Finish(TarEntry entry, in PathContext parent, string name, int mode)
    {
        if (_context.User.UserId == 0)
        {
            Errno errno = _files.ChangeOwner(parent, name, entry.Uid, entry.Gid, follow: false);
            if (errno is not (Errno.None or Errno.EPERM))
                Check(entry, errno);
        }

        if (entry.EntryType != TarEntryType.SymbolicLink)
            Check(entry, _files.ChangeMode(parent, name, mode, follow: false));
    }
}
