using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSandbox.FileSystem;

/// <summary>System calls of Linux on x64 and arm64, by number: names go through as bytes and nothing depends on the C library's structures.</summary>
internal static unsafe partial class LinuxCalls
{
    public const int PathOnly = 0x200000, CloseOnExec = 0x80000, NonBlocking = 0x800, NoControllingTerminal = 0x100;
    public const int Create = 0x40, Exclusive = 0x80, Truncate = 0x200;
    public const int AtEmptyPath = 0x1000, AtNoFollow = 0x100, AtRemoveDirectory = 0x200, AtCurrent = -100;

    private const int ResolveNoMagicLinks = 2, ResolveNoSymlinks = 4, ResolveBeneath = 8;
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    // Of these flags x86-64 and arm64 have different values.
    public static int DirectoryOnly => Arm ? 0x4000 : 0x10000;

    public static int NoFollow => Arm ? 0x8000 : 0x20000;

    /// <summary>Whether openat2 is there (Linux 5.6, and no filter that forbids it).</summary>
    private static readonly bool HasOpen2 = ProbeOpen2();

    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct StatxTimestamp
    {
        public long Seconds;
        public uint Nanoseconds;
        private readonly int _reserved;

        public readonly long Total => Seconds is < -9_000_000_000 or > 9_000_000_000 ? 0 : (Seconds * 1_000_000_000) + Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Statx
    {
        public uint Mask;
        public uint BlockSize;
        public ulong Attributes;
        public uint Links;
        public uint UserId;
        public uint GroupId;
        public ushort Mode;
        private readonly ushort _spare0;
        public ulong Inode;
        public ulong Size;
        public ulong Blocks;
        public ulong AttributesMask;
        public StatxTimestamp AccessTime;
        public StatxTimestamp BirthTime;
        public StatxTimestamp ChangeTime;
        public StatxTimestamp ModificationTime;
        public uint RawMajor;
        public uint RawMinor;
        public uint Major;
        public uint Minor;
    }

    /// <summary>Opens one entry of a directory without following a link; gives a descriptor, or -1 with the error in <paramref name="errno"/>.</summary>
    public static int Open(int directory, ReadOnlySpan<char> name, int flags, int mode, out Errno errno)
    {
        Span<byte> bytes = stackalloc byte[NameBuffer];
        flags |= NoFollow | CloseOnExec;
        fixed (byte* path = Encode(name, bytes))
        {
            if (HasOpen2)
            {
                var how = new OpenHow
                {
                    Flags = (ulong)flags,
                    Mode = (flags & Create) != 0 ? (ulong)mode : 0,
                    Resolve = ResolveBeneath | ResolveNoMagicLinks | ResolveNoSymlinks,
                };
                return Call(437, directory, (nint)path, (nint)(&how), sizeof(OpenHow), 0, out errno);
            }

            return Call(Arm ? 56 : 257, directory, (nint)path, flags, mode, 0, out errno);
        }
    }

    /// <summary>Opens a path of the host as it is, following links.</summary>
    public static int OpenHostPath(string path, int flags, out Errno errno)
    {
        fixed (byte* bytes = System.Text.Encoding.UTF8.GetBytes(path + "\0"))
            return Call(Arm ? 56 : 257, AtCurrent, (nint)bytes, flags | CloseOnExec, 0, 0, out errno);
    }

    /// <summary>Status of an entry, or of the descriptor itself for an empty name; no link is followed.</summary>
    public static Errno Status(int directory, ReadOnlySpan<char> name, out HostStatus status)
    {
        const uint Basic = 0x7ff;
        Span<byte> bytes = stackalloc byte[NameBuffer];
        Statx x;
        Errno errno;
        fixed (byte* path = Encode(name, bytes))
            Call(Arm ? 291 : 332, directory, (nint)path, AtNoFollow | (name.IsEmpty ? AtEmptyPath : 0), (nint)Basic, (nint)(&x), out errno);
        status = errno != Errno.None ? default : new HostStatus
        {
            Device = ((ulong)x.Major << 32) | x.Minor,
            Inode = x.Inode,
            Type = (FileType)(x.Mode & 0xf000),
            Mode = x.Mode & 0xfff,
            Links = (int)Math.Min(x.Links, int.MaxValue),
            Size = (long)Math.Min(x.Size, long.MaxValue),
            AllocatedBytes = (long)x.Blocks * 512,
            AccessTime = x.AccessTime.Total,
            ModificationTime = x.ModificationTime.Total,
            ChangeTime = x.ChangeTime.Total,
        };
        return errno;
    }

    public static Errno MakeDirectory(int directory, ReadOnlySpan<char> name, int mode)
    {
        Span<byte> bytes = stackalloc byte[NameBuffer];
        fixed (byte* path = Encode(name, bytes))
            return Do(Arm ? 34 : 258, directory, (nint)path, mode, 0, 0);
    }

    public static Errno MakeSymbolicLink(int directory, ReadOnlySpan<char> name, string target)
    {
        Span<byte> bytes = stackalloc byte[NameBuffer];
        fixed (byte* path = Encode(name, bytes), text = ByteText.ToBytes(target + "\0"))
            return Do(Arm ? 36 : 266, (nint)text, directory, (nint)path, 0, 0);
    }

    public static Errno Link(int from, ReadOnlySpan<char> name, int to, ReadOnlySpan<char> newName) =>
        Two(Arm ? 37 : 265, from, name, to, newName);

    public static Errno Rename(int from, ReadOnlySpan<char> name, int to, ReadOnlySpan<char> newName) =>
        Two(Arm ? 276 : 316, from, name, to, newName);

    public static Errno Remove(int directory, ReadOnlySpan<char> name, bool isDirectory)
    {
        Span<byte> bytes = stackalloc byte[NameBuffer];
        fixed (byte* path = Encode(name, bytes))
            return Do(Arm ? 35 : 263, directory, (nint)path, isDirectory ? AtRemoveDirectory : 0, 0, 0);
    }

    public static Errno ReadLink(int directory, ReadOnlySpan<char> name, out string target)
    {
        Span<byte> bytes = stackalloc byte[NameBuffer];
        byte[] buffer = new byte[VirtualFileSystem.MaxPath];
        int length;
        Errno errno;
        fixed (byte* path = Encode(name, bytes), text = buffer)
            length = Call(Arm ? 78 : 267, directory, (nint)path, (nint)text, buffer.Length, 0, out errno);
        target = errno == Errno.None ? ByteText.FromBytes(buffer.AsSpan(0, length)) : "";
        return errno;
    }

    /// <summary>Sets the mode of what a descriptor refers to, also one opened for its path only.</summary>
    public static Errno SetMode(int descriptor, int mode)
    {
        byte empty = 0;
        Call(452, descriptor, (nint)(&empty), mode, AtEmptyPath, 0, out Errno errno);
        if (errno is not (Errno.ENOSYS or Errno.EPERM))
            return errno;

        // Before Linux 6.6: the descriptor's own name in /proc leads to the file itself and nowhere else.
        fixed (byte* path = System.Text.Encoding.ASCII.GetBytes($"/proc/self/fd/{descriptor}\0"))
            Call(Arm ? 53 : 268, AtCurrent, (nint)path, mode, 0, 0, out errno);
        return errno;
    }

    public static Errno SetTimes(int directory, ReadOnlySpan<char> name, long? accessTime, long? modificationTime)
    {
        const long Omit = 0x3ffffffe;
        Span<byte> bytes = stackalloc byte[NameBuffer];
        long* times = stackalloc long[4];
        (times[0], times[1]) = Split(accessTime);
        (times[2], times[3]) = Split(modificationTime);
        fixed (byte* path = Encode(name, bytes))
            return Do(Arm ? 88 : 280, directory, (nint)path, (nint)times, AtNoFollow | (name.IsEmpty ? AtEmptyPath : 0), 0);

        static (long Seconds, long Nanoseconds) Split(long? time) =>
            time is not { } t ? (0, Omit) : (Math.DivRem(t, 1_000_000_000, out long rest) - (rest < 0 ? 1 : 0), rest < 0 ? rest + 1_000_000_000 : rest);
    }

    /// <summary>Reads entries of an open directory into a buffer; gives the number of bytes, 0 at the end.</summary>
    public static int ReadEntries(int directory, Span<byte> buffer, out Errno errno)
    {
        fixed (byte* bytes = buffer)
            return Call(Arm ? 61 : 217, directory, (nint)bytes, buffer.Length, 0, 0, out errno);
    }

    public static void Close(int descriptor) => Call(Arm ? 57 : 3, descriptor, 0, 0, 0, 0, out _);

    private const int NameBuffer = VirtualFileSystem.MaxName + 1;

    private static Errno Two(int number, int from, ReadOnlySpan<char> name, int to, ReadOnlySpan<char> newName)
    {
        Span<byte> bytes = stackalloc byte[NameBuffer];
        Span<byte> newBytes = stackalloc byte[NameBuffer];
        fixed (byte* path = Encode(name, bytes), newPath = Encode(newName, newBytes))
            return Do(number, from, (nint)path, to, (nint)newPath, 0);
    }

    private static Span<byte> Encode(ReadOnlySpan<char> name, Span<byte> buffer)
    {
        int length = ByteText.Narrow(name, buffer);
        buffer[length] = 0;
        return buffer;
    }

    private static bool ProbeOpen2()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        byte* path = stackalloc byte[] { (byte)'.', 0 };
        var how = new OpenHow { Flags = (ulong)(PathOnly | CloseOnExec), Resolve = ResolveBeneath };
        int descriptor = Call(437, AtCurrent, (nint)path, (nint)(&how), sizeof(OpenHow), 0, out Errno errno);
        if (errno == Errno.None)
            Close(descriptor);
        return errno == Errno.None;
    }

    private static Errno Do(int number, nint a, nint b, nint c, nint d, nint e)
    {
        Call(number, a, b, c, d, e, out Errno errno);
        return errno;
    }

    private static int Call(int number, nint a, nint b, nint c, nint d, nint e, out Errno errno)
    {
        nint result = syscall(number, a, b, c, d, e, 0);
        errno = result < 0 ? HostErrno.Last : Errno.None;
        return (int)result;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);
}
