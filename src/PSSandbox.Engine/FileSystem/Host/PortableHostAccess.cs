using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSandbox.FileSystem;

/// <summary>
/// Platforms without calls of our own, by .NET's file classes: each call first looks at every component beneath the
/// mount's root and refuses one that is a link or another reparse point, and opening a file looks again afterwards.
/// </summary>
/// <remarks>
/// Weaker than <see cref="LinuxHostAccess"/>: a process of the host (nothing inside a sandbox can) that exchanges a
/// directory for a link in the instant between look and use is not noticed by calls other than opening.
/// </remarks>
internal sealed class PortableHostAccess : HostAccess
{
    private static readonly char[] InvalidOnWindows = [.. Enumerable.Range(1, 31).Select(i => (char)i), '"', '<', '>', '|', ':', '*', '?', '\\', '/'];

    private sealed class DirectoryPath(string root, string path) : SafeHandle(1, ownsHandle: false)
    {
        public override bool IsInvalid => false;

        public string Root => root;

        public string Path => path;

        protected override bool ReleaseHandle() => true;
    }

    /// <inheritdoc/>
    public override Errno Find(string path, out HostStatus status)
    {
        string real = path;
        try
        {
            real = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            status = default;
            return HostErrno.FromException(e);
        }

        return Look(real, out status);
    }

    /// <inheritdoc/>
    public override Errno OpenRoot(string path, out SafeHandle? handle)
    {
        string real = new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        handle = Directory.Exists(real) ? new DirectoryPath(real, real) : null;
        return handle is null ? Errno.ENOENT : Errno.None;
    }

    /// <inheritdoc/>
    public override Errno OpenDirectory(SafeHandle parent, string name, out SafeHandle? handle, out HostStatus status)
    {
        handle = null;
        Errno errno = GetStatus(parent, name, out status);
        if (errno != Errno.None)
            return errno;
        if (status.Type != FileType.Directory)
            return Errno.ENOTDIR;
        var directory = (DirectoryPath)parent;
        handle = new DirectoryPath(directory.Root, Path.Join(directory.Path, ByteText.ToText(name)));
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno GetStatus(SafeHandle directory, string name, out HostStatus status)
    {
        status = default;
        Errno errno = Resolve(directory, name, out string path);
        return errno != Errno.None ? errno : Look(path, out status);
    }

    /// <inheritdoc/>
    public override Errno OpenFile(SafeHandle directory, string name, OpenFlags flags, int mode, out SafeFileHandle? file, out HostStatus status)
    {
        file = null;
        status = default;
        Errno errno = Resolve(directory, name, out string path);
        if (errno != Errno.None)
            return errno;
        bool create = (flags & OpenFlags.Create) != 0;
        errno = Look(path, out status);
        if (create ? errno != Errno.ENOENT : errno != Errno.None)
            return errno == Errno.None ? Errno.EEXIST : errno;
        if (!create && status.Type != FileType.Regular)
            return status.Type == FileType.SymbolicLink ? Errno.ELOOP : Errno.ENXIO;
        FileAccess access = (flags & OpenFlags.AccessMask) switch
        {
            OpenFlags.ReadOnly => FileAccess.Read,
            OpenFlags.WriteOnly => FileAccess.Write,
            _ => FileAccess.ReadWrite,
        };
        SafeFileHandle? opened = null;
        errno = Try(() =>
        {
            opened = File.OpenHandle(path, create ? FileMode.CreateNew : FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
            if (create && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(opened, (UnixFileMode)(mode & 0x1ff));
        });
        if (errno == Errno.None)
            errno = Resolve(directory, name, out _);
        if (errno == Errno.None)
            errno = Look(path, out status);
        if (errno == Errno.None && status.Type != FileType.Regular)
            errno = Errno.ESTALE;
        if (errno != Errno.None)
            opened?.Dispose();
        else
            file = opened;
        return errno;
    }

    /// <inheritdoc/>
    public override Errno GetStatus(SafeFileHandle file, out HostStatus status)
    {
        HostStatus found = default;
        Errno errno = Try(() =>
        {
            long size = RandomAccess.GetLength(file);
            found = new HostStatus
            {
                Device = 1,
                Type = FileType.Regular,
                Mode = OperatingSystem.IsWindows() ? 0x1a4 : (int)File.GetUnixFileMode(file),
                Links = 1,
                Size = size,
                AllocatedBytes = (size + 4095) & ~4095L,
                AccessTime = Timestamp.FromDateTime(File.GetLastAccessTimeUtc(file)),
                ModificationTime = Timestamp.FromDateTime(File.GetLastWriteTimeUtc(file)),
                ChangeTime = Timestamp.FromDateTime(File.GetLastWriteTimeUtc(file)),
            };
        });
        status = found;
        return errno;
    }

    /// <inheritdoc/>
    public override Errno List(SafeHandle directory, out List<DirectoryEntry> entries)
    {
        var found = new List<DirectoryEntry>();
        entries = found;
        Errno errno = Resolve(directory, "", out string path);
        return errno != Errno.None ? errno : Try(() =>
        {
            foreach (FileSystemInfo info in new DirectoryInfo(path).EnumerateFileSystemInfos())
                found.Add(new DirectoryEntry(ByteText.FromText(info.Name), Number(info.FullName), TypeOf(info)));
        });
    }

    /// <inheritdoc/>
    public override Errno MakeDirectory(SafeHandle directory, string name, int mode) => Make(directory, name, path =>
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            File.SetUnixFileMode(Directory.CreateDirectory(path).FullName, (UnixFileMode)(mode & 0x3ff));
    });

    /// <inheritdoc/>
    public override Errno MakeSymbolicLink(SafeHandle directory, string name, string target) =>
        Make(directory, name, path => File.CreateSymbolicLink(path, ByteText.ToText(target)));

    /// <inheritdoc/>
    public override Errno ReadLink(SafeHandle directory, string name, out string target)
    {
        target = "";
        Errno errno = Resolve(directory, name, out string path);
        if (errno != Errno.None)
            return errno;
        string? text = null;
        errno = Try(() => text = new FileInfo(path).LinkTarget);
        if (errno != Errno.None || text is null)
            return errno != Errno.None ? errno : Errno.EINVAL;
        target = ByteText.FromText(OperatingSystem.IsWindows() ? text.Replace('\\', '/') : text);
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno Link(SafeHandle from, string name, SafeHandle to, string newName) => Errno.EPERM;

    /// <inheritdoc/>
    public override Errno Remove(SafeHandle directory, string name, bool isDirectory)
    {
        Errno errno = Existing(directory, name, out string path, out HostStatus status);
        if (errno != Errno.None)
            return errno;
        if ((status.Type == FileType.Directory) != isDirectory)
            return isDirectory ? Errno.ENOTDIR : Errno.EISDIR;
        if (!isDirectory)
            return Try(() => File.Delete(path));
        return Directory.EnumerateFileSystemEntries(path).Any() ? Errno.ENOTEMPTY : Try(() => Directory.Delete(path));
    }

    /// <inheritdoc/>
    public override Errno Rename(SafeHandle from, string name, SafeHandle to, string newName)
    {
        Errno errno = Existing(from, name, out string path, out HostStatus status);
        if (errno != Errno.None)
            return errno;
        errno = Resolve(to, newName, out string newPath);
        if (errno != Errno.None)
            return errno;
        if (status.Type != FileType.Directory)
            return Try(() => File.Move(path, newPath, overwrite: true));
        if (Look(newPath, out HostStatus replaced) == Errno.None)
        {
            if (replaced.Type != FileType.Directory)
                return Errno.ENOTDIR;
            errno = Remove(to, newName, isDirectory: true);
            if (errno != Errno.None)
                return errno;
        }

        return Try(() => Directory.Move(path, newPath));
    }

    /// <inheritdoc/>
    public override Errno SetMode(SafeHandle directory, string name, in HostStatus expected, int mode)
    {
        Errno errno = Existing(directory, name, out string path, out HostStatus status);
        if (errno != Errno.None)
            return errno;
        if (status.Type == FileType.SymbolicLink)
            return Errno.ENOTSUP;
        return Try(() =>
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, (UnixFileMode)mode);
            else if (status.Type == FileType.Regular)
                File.SetAttributes(path, (mode & 0x80) == 0 ? FileAttributes.ReadOnly : FileAttributes.Normal);
        });
    }

    /// <inheritdoc/>
    public override Errno SetTimes(SafeHandle directory, string name, long? accessTime, long? modificationTime)
    {
        Errno errno = Existing(directory, name, out string path, out HostStatus status);
        return errno != Errno.None ? errno : Try(() =>
        {
            FileSystemInfo info = status.Type == FileType.Directory ? new DirectoryInfo(path) : new FileInfo(path);
            if (accessTime is { } access)
                info.LastAccessTimeUtc = Timestamp.ToDateTime(access);
            if (modificationTime is { } modification)
                info.LastWriteTimeUtc = Timestamp.ToDateTime(modification);
        });
    }

    private static Errno Make(SafeHandle directory, string name, Action<string> make)
    {
        Errno errno = Resolve(directory, name, out string path);
        if (errno != Errno.None)
            return errno;
        return Look(path, out _) != Errno.ENOENT ? Errno.EEXIST : Try(() => make(path));
    }

    private static Errno Existing(SafeHandle directory, string name, out string path, out HostStatus status)
    {
        status = default;
        Errno errno = Resolve(directory, name, out path);
        return errno != Errno.None ? errno : Look(path, out status);
    }

    /// <summary>The path of an entry whose directories, beneath the root, are no links; and whose name means what it says.</summary>
    private static Errno Resolve(SafeHandle handle, string name, out string path)
    {
        var directory = (DirectoryPath)handle;
        string text = ByteText.ToText(name);
        path = name.Length == 0 ? directory.Path : Path.Join(directory.Path, text);
        if (text.Contains('\ufffd', StringComparison.Ordinal))
            return Errno.EILSEQ;
        if (OperatingSystem.IsWindows() && (text.IndexOfAny(InvalidOnWindows) >= 0 || text.EndsWith('.') || text.EndsWith(' ') || IsDeviceName(text)))
            return Errno.EINVAL;
        for (string at = directory.Path; at.Length > directory.Root.Length; at = Path.GetDirectoryName(at)!)
        {
            Errno errno = Look(at, out HostStatus status);
            if (errno != Errno.None || status.Type != FileType.Directory)
                return errno != Errno.None ? errno : Errno.ENOTDIR;
        }

        return Errno.None;
    }

    private static bool IsDeviceName(string name)
    {
        string stem = name.Split('.')[0].TrimEnd().ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal));
    }

    private static FileType TypeOf(FileSystemInfo info)
    {
        if (info.LinkTarget is not null || (info.Attributes & FileAttributes.ReparsePoint) != 0)
            return FileType.SymbolicLink;
        if ((info.Attributes & FileAttributes.Directory) != 0)
            return FileType.Directory;
        return (info.Attributes & FileAttributes.Device) != 0 ? FileType.CharacterDevice : FileType.Regular;
    }

    private static Errno Look(string path, out HostStatus status)
    {
        HostStatus found = default;
        Errno errno = Try(() =>
        {
            FileAttributes attributes = File.GetAttributes(path);
            FileSystemInfo info = (attributes & FileAttributes.Directory) != 0 && (attributes & FileAttributes.ReparsePoint) == 0
                ? new DirectoryInfo(path)
                : new FileInfo(path);
            FileType type = TypeOf(info);
            long size = type == FileType.Regular ? ((FileInfo)info).Length : type == FileType.SymbolicLink ? (info.LinkTarget ?? "").Length : 4096;
            found = new HostStatus
            {
                Device = 1,
                Inode = Number(path),
                Type = type,
                Mode = type == FileType.SymbolicLink ? 0x1ff
                    : !OperatingSystem.IsWindows() ? (int)info.UnixFileMode
                    : type == FileType.Directory ? 0x1ed : info.Attributes.HasFlag(FileAttributes.ReadOnly) ? 0x124 : 0x1ed,
                Links = type == FileType.Directory ? 2 : 1,
                Size = size,
                AllocatedBytes = (size + 4095) & ~4095L,
                AccessTime = Timestamp.FromDateTime(info.LastAccessTimeUtc),
                ModificationTime = Timestamp.FromDateTime(info.LastWriteTimeUtc),
                ChangeTime = Timestamp.FromDateTime(info.LastWriteTimeUtc),
            };
        });
        status = found;
        return errno;
    }

    /// <summary>A number made of the path (FNV-1a): these classes tell no inode.</summary>
    private static ulong Number(string path)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in path)
            hash = (hash ^ c) * 1099511628211;
        return hash >> 1 | 1;
    }

    private static Errno Try(Action action)
    {
        try
        {
            action();
            return Errno.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return HostErrno.FromException(e);
        }
    }
}
