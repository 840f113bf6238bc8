using System.Runtime.InteropServices;
using PSSandbox.FileSystem;

namespace PSSandbox.Tests.FileSystem;

/// <summary>Calls of the C library that tests make on the host beside the code under test.</summary>
internal static partial class HostCalls
{
    public static Errno Rename(string from, string to) => Result(rename(from, to));

    public static Errno Unlink(string path) => Result(unlink(path));

    public static Errno RemoveDirectory(string path) => Result(rmdir(path));

    public static Errno MakeDirectory(string path, int mode) => Result(mkdir(path, (uint)mode));

    public static Errno MakeSymbolicLink(string target, string path) => Result(symlink(target, path));

    public static Errno Link(string from, string to, bool follow) => Result(linkat(-100, from, -100, to, follow ? 0x400 : 0));

    public static Errno Truncate(string path, long length) => Result(truncate(path, length));

    public static Errno ChangeMode(string path, int mode) => Result(chmod(path, (uint)mode));

    public static Errno Access(string path, int wanted) => Result(access(path, wanted));

    public static Errno Open(string path, OpenFlags flags, int mode, out int descriptor)
    {
        descriptor = open(path, (int)flags, (uint)mode);
        return descriptor < 0 ? HostErrno.Last : Errno.None;
    }

    public static void Close(int descriptor) => _ = close(descriptor);

    public static Errno ReadLink(string path, out string target)
    {
        byte[] buffer = new byte[4096];
        nint length = readlink(path, buffer, buffer.Length);
        target = length < 0 ? "" : ByteText.FromBytes(buffer.AsSpan(0, (int)length));
        return length < 0 ? HostErrno.Last : Errno.None;
    }

    private static Errno Result(int result) => result < 0 ? HostErrno.Last : Errno.None;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string from, string to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlink(string path);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rmdir(string path);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkdir(string path, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int symlink(string target, string path);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int linkat(int fromDirectory, string from, int toDirectory, string to, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int truncate(string path, long length);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int chmod(string path, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int access(string path, int wanted);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint readlink(string path, byte[] buffer, nint size);
}
