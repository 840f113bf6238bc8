using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSandbox.FileSystem;

/// <summary>
/// Linux: every call is relative to an open directory and resolves one component beneath it (openat2 with
/// RESOLVE_BENEATH, RESOLVE_NO_MAGICLINKS and RESOLVE_NO_SYMLINKS; openat with O_NOFOLLOW on older kernels).
/// </summary>
internal sealed class LinuxHostAccess : HostAccess
{
    /// <summary>Whether this is a Linux whose call numbers are known here.</summary>
    public static bool IsSupported =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>A descriptor of a directory, opened for its path only.</summary>
    private sealed class DirectoryHandle(int descriptor) : SafeHandle(descriptor, ownsHandle: true)
    {
        public override bool IsInvalid => handle < 0;

        public int Descriptor => (int)handle;

        protected override bool ReleaseHandle()
        {
            LinuxCalls.Close((int)handle);
            return true;
        }
    }

    /// <inheritdoc/>
    public override Errno Find(string path, out HostStatus status)
    {
        status = default;
        int descriptor = LinuxCalls.OpenHostPath(path, LinuxCalls.PathOnly, out Errno errno);
        if (errno != Errno.None)
            return errno;
        errno = LinuxCalls.Status(descriptor, "", out status);
        LinuxCalls.Close(descriptor);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno OpenRoot(string path, out SafeHandle? handle)
    {
        int descriptor = LinuxCalls.OpenHostPath(path, LinuxCalls.PathOnly | LinuxCalls.DirectoryOnly, out Errno errno);
        handle = errno == Errno.None ? new DirectoryHandle(descriptor) : null;
        return errno;
    }

    /// <inheritdoc/>
    public override Errno OpenDirectory(SafeHandle parent, string name, out SafeHandle? handle, out HostStatus status)
    {
        status = default;
        handle = null;
        int descriptor = LinuxCalls.Open(Of(parent), name, LinuxCalls.PathOnly | LinuxCalls.DirectoryOnly, 0, out Errno errno);
        if (errno != Errno.None)
            return errno;
        handle = new DirectoryHandle(descriptor);
        errno = LinuxCalls.Status(descriptor, "", out status);
        if (errno == Errno.None)
            return Errno.None;
        handle.Dispose();
        handle = null;
        return errno;
    }

    /// <inheritdoc/>
    public override Errno GetStatus(SafeHandle directory, string name, out HostStatus status) =>
        LinuxCalls.Status(Of(directory), name, out status);

    /// <inheritdoc/>
    public override Errno OpenFile(SafeHandle directory, string name, OpenFlags flags, int mode, out SafeFileHandle? file, out HostStatus status)
    {
        // Truncation waits until it is known to be a regular file; without blocking, a FIFO cannot hold us up.
        int how = (int)(flags & OpenFlags.AccessMask) | LinuxCalls.NonBlocking | LinuxCalls.NoControllingTerminal;
        if ((flags & OpenFlags.Create) != 0)
            how |= LinuxCalls.Create | LinuxCalls.Exclusive;
        file = null;
        status = default;
        int descriptor = LinuxCalls.Open(Of(directory), name, how, mode, out Errno errno);
        if (errno != Errno.None)
            return errno;
        errno = LinuxCalls.Status(descriptor, "", out status);
        if (errno == Errno.None && status.Type != FileType.Regular)
            errno = Errno.ENXIO;
        if (errno == Errno.None && (flags & OpenFlags.Create) != 0)
            errno = LinuxCalls.SetMode(descriptor, mode);
        if (errno != Errno.None)
        {
            LinuxCalls.Close(descriptor);
            return errno;
        }

        file = new SafeFileHandle(descriptor, ownsHandle: true);
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno GetStatus(SafeFileHandle file, out HostStatus status) =>
        LinuxCalls.Status((int)file.DangerousGetHandle(), "", out status);

    /// <inheritdoc/>
    public override Errno List(SafeHandle directory, out List<DirectoryEntry> entries)
    {
        entries = [];
        int descriptor = LinuxCalls.Open(Of(directory), ".", LinuxCalls.DirectoryOnly, 0, out Errno errno);
        if (errno != Errno.None)
            return errno;
        byte[] buffer = new byte[32768];
        while (true)
        {
            int length = LinuxCalls.ReadEntries(descriptor, buffer, out errno);
            if (errno != Errno.None || length == 0)
                break;

            // struct linux_dirent64: inode (8), offset (8), length (2), type (1), name with NUL
            for (int at = 0; at < length;)
            {
                ReadOnlySpan<byte> record = buffer.AsSpan(at, BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(at + 16)));
                at += record.Length;
                ReadOnlySpan<byte> name = record[19..];
                name = name[..name.IndexOf((byte)0)];
                if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
                    continue;
                entries.Add(new DirectoryEntry(
                    ByteText.FromBytes(name), BinaryPrimitives.ReadUInt64LittleEndian(record), (FileType)(record[18] << 12)));
            }
        }

        LinuxCalls.Close(descriptor);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno MakeDirectory(SafeHandle directory, string name, int mode)
    {
        Errno errno = LinuxCalls.MakeDirectory(Of(directory), name, mode);
        if (errno != Errno.None)
            return errno;

        // The host's umask has been applied and must not count.
        errno = OpenDirectory(directory, name, out SafeHandle? made, out _);
        if (errno != Errno.None)
            return Errno.None;
        LinuxCalls.SetMode(Of(made!), mode);
        made!.Dispose();
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno MakeSymbolicLink(SafeHandle directory, string name, string target) =>
        LinuxCalls.MakeSymbolicLink(Of(directory), name, target);

    /// <inheritdoc/>
    public override Errno ReadLink(SafeHandle directory, string name, out string target) =>
        LinuxCalls.ReadLink(Of(directory), name, out target);

    /// <inheritdoc/>
    public override Errno Link(SafeHandle from, string name, SafeHandle to, string newName) =>
        LinuxCalls.Link(Of(from), name, Of(to), newName);

    /// <inheritdoc/>
    public override Errno Remove(SafeHandle directory, string name, bool isDirectory) =>
        LinuxCalls.Remove(Of(directory), name, isDirectory);

    /// <inheritdoc/>
    public override Errno Rename(SafeHandle from, string name, SafeHandle to, string newName) =>
        LinuxCalls.Rename(Of(from), name, Of(to), newName);

    /// <inheritdoc/>
    public override Errno SetMode(SafeHandle directory, string name, in HostStatus expected, int mode)
    {
        if (name.Length == 0)
            return LinuxCalls.SetMode(Of(directory), mode);
        int descriptor = LinuxCalls.Open(Of(directory), name, LinuxCalls.PathOnly, 0, out Errno errno);
        if (errno != Errno.None)
            return errno;
        errno = LinuxCalls.Status(descriptor, "", out HostStatus status);
        if (errno == Errno.None)
            errno = !status.IsSame(expected) ? Errno.ESTALE : status.Type == FileType.SymbolicLink ? Errno.ENOTSUP : LinuxCalls.SetMode(descriptor, mode);
        LinuxCalls.Close(descriptor);
        return errno;
    }

    /// <inheritdoc/>
    public override Errno SetTimes(SafeHandle directory, string name, long? accessTime, long? modificationTime) =>
        LinuxCalls.SetTimes(Of(directory), name, accessTime, modificationTime);

    private static int Of(SafeHandle handle) => ((DirectoryHandle)handle).Descriptor;
}
