using System.Runtime.InteropServices;

namespace PSSandbox.FileSystem;

/// <summary>Translates the host's errors.</summary>
internal static class HostErrno
{
    /// <summary>What the last system call of this thread failed with.</summary>
    public static Errno Last => FromLinux(Marshal.GetLastPInvokeError());

    /// <summary>Linux's numbers.</summary>
    public static Errno FromLinux(int number) => number switch
    {
        0 => Errno.None,
        1 => Errno.EPERM,
        2 => Errno.ENOENT,
        4 => Errno.EINTR,
        5 => Errno.EIO,
        6 => Errno.ENXIO,
        9 => Errno.EBADF,
        11 => Errno.EAGAIN,
        12 => Errno.ENOMEM,
        13 => Errno.EACCES,
        16 => Errno.EBUSY,
        17 => Errno.EEXIST,
        18 => Errno.EXDEV,
        19 => Errno.ENODEV,
        20 => Errno.ENOTDIR,
        21 => Errno.EISDIR,
        22 => Errno.EINVAL,
        23 => Errno.ENFILE,
        24 => Errno.EMFILE,
        26 => Errno.ETXTBSY,
        27 => Errno.EFBIG,
        28 => Errno.ENOSPC,
        29 => Errno.ESPIPE,
        30 => Errno.EROFS,
        31 => Errno.EMLINK,
        36 => Errno.ENAMETOOLONG,
        38 => Errno.ENOSYS,
        39 => Errno.ENOTEMPTY,
        40 => Errno.ELOOP,
        75 => Errno.EOVERFLOW,
        84 => Errno.EILSEQ,
        95 => Errno.ENOTSUP,
        116 => Errno.ESTALE,
        122 => Errno.ENOSPC,
        _ => Errno.EIO,
    };

    /// <summary>What .NET's file classes throw.</summary>
    public static Errno FromException(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => Errno.ENOENT,
        PathTooLongException => Errno.ENAMETOOLONG,
        UnauthorizedAccessException => Errno.EACCES,
        IOException io when !OperatingSystem.IsWindows() && OperatingSystem.IsLinux() && io.HResult is > 0 and < 200 => FromLinux(io.HResult),
        IOException io => (io.HResult & 0xffff) switch
        {
            80 or 183 => Errno.EEXIST,
            112 => Errno.ENOSPC,
            145 => Errno.ENOTEMPTY,
            32 or 33 => Errno.EBUSY,
            17 => Errno.EXDEV,
            _ => Errno.EIO,
        },
        NotSupportedException or ArgumentException => Errno.EINVAL,
        _ => Errno.EIO,
    };
}
