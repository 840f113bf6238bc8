namespace PSSandbox.FileSystem;

/// <summary>POSIX error numbers, with the values that WASI preview 1 gives them (<c>errno</c>).</summary>
internal enum Errno : ushort
{
    /// <summary>Success.</summary>
    None = 0,

    /// <summary>Argument list too long.</summary>
    E2BIG = 1,

    /// <summary>Permission denied.</summary>
    EACCES = 2,

    /// <summary>Address already in use.</summary>
    EADDRINUSE = 3,

    /// <summary>Cannot assign requested address.</summary>
    EADDRNOTAVAIL = 4,

    /// <summary>Address family not supported by protocol.</summary>
    EAFNOSUPPORT = 5,

    /// <summary>Resource temporarily unavailable.</summary>
    EAGAIN = 6,

    /// <summary>Operation already in progress.</summary>
    EALREADY = 7,

    /// <summary>Bad file descriptor.</summary>
    EBADF = 8,

    /// <summary>Bad message.</summary>
    EBADMSG = 9,

    /// <summary>Device or resource busy.</summary>
    EBUSY = 10,

    /// <summary>Operation canceled.</summary>
    ECANCELED = 11,

    /// <summary>No child processes.</summary>
    ECHILD = 12,

    /// <summary>Software caused connection abort.</summary>
    ECONNABORTED = 13,

    /// <summary>Connection refused.</summary>
    ECONNREFUSED = 14,

    /// <summary>Connection reset by peer.</summary>
    ECONNRESET = 15,

    /// <summary>Resource deadlock avoided.</summary>
    EDEADLK = 16,

    /// <summary>Destination address required.</summary>
    EDESTADDRREQ = 17,

    /// <summary>Numerical argument out of domain.</summary>
    EDOM = 18,

    /// <summary>Disk quota exceeded.</summary>
    EDQUOT = 19,

    /// <summary>File exists.</summary>
    EEXIST = 20,

    /// <summary>Bad address.</summary>
    EFAULT = 21,

    /// <summary>File too large.</summary>
    EFBIG = 22,

    /// <summary>No route to host.</summary>
    EHOSTUNREACH = 23,

    /// <summary>Identifier removed.</summary>
    EIDRM = 24,

    /// <summary>Invalid or incomplete multibyte or wide character.</summary>
    EILSEQ = 25,

    /// <summary>Operation now in progress.</summary>
    EINPROGRESS = 26,

    /// <summary>Interrupted system call.</summary>
    EINTR = 27,

    /// <summary>Invalid argument.</summary>
    EINVAL = 28,

    /// <summary>Input/output error.</summary>
    EIO = 29,

    /// <summary>Transport endpoint is already connected.</summary>
    EISCONN = 30,

    /// <summary>Is a directory.</summary>
    EISDIR = 31,

    /// <summary>Too many levels of symbolic links.</summary>
    ELOOP = 32,

    /// <summary>Too many open files.</summary>
    EMFILE = 33,

    /// <summary>Too many links.</summary>
    EMLINK = 34,

    /// <summary>Message too long.</summary>
    EMSGSIZE = 35,

    /// <summary>Multihop attempted.</summary>
    EMULTIHOP = 36,

    /// <summary>File name too long.</summary>
    ENAMETOOLONG = 37,

    /// <summary>Network is down.</summary>
    ENETDOWN = 38,

    /// <summary>Network dropped connection on reset.</summary>
    ENETRESET = 39,

    /// <summary>Network is unreachable.</summary>
    ENETUNREACH = 40,

    /// <summary>Too many open files in system.</summary>
    ENFILE = 41,

    /// <summary>No buffer space available.</summary>
    ENOBUFS = 42,

    /// <summary>No such device.</summary>
    ENODEV = 43,

    /// <summary>No such file or directory.</summary>
    ENOENT = 44,

    /// <summary>Exec format error.</summary>
    ENOEXEC = 45,

    /// <summary>No locks available.</summary>
    ENOLCK = 46,

    /// <summary>Link has been severed.</summary>
    ENOLINK = 47,

    /// <summary>Cannot allocate memory.</summary>
    ENOMEM = 48,

    /// <summary>No message of desired type.</summary>
    ENOMSG = 49,

    /// <summary>Protocol not available.</summary>
    ENOPROTOOPT = 50,

    /// <summary>No space left on device.</summary>
    ENOSPC = 51,

    /// <summary>Function not implemented.</summary>
    ENOSYS = 52,

    /// <summary>Transport endpoint is not connected.</summary>
    ENOTCONN = 53,

    /// <summary>Not a directory.</summary>
    ENOTDIR = 54,

    /// <summary>Directory not empty.</summary>
    ENOTEMPTY = 55,

    /// <summary>State not recoverable.</summary>
    ENOTRECOVERABLE = 56,

    /// <summary>Socket operation on non-socket.</summary>
    ENOTSOCK = 57,

    /// <summary>Operation not supported.</summary>
    ENOTSUP = 58,

    /// <summary>Inappropriate ioctl for device.</summary>
    ENOTTY = 59,

    /// <summary>No such device or address.</summary>
    ENXIO = 60,

    /// <summary>Value too large for defined data type.</summary>
    EOVERFLOW = 61,

    /// <summary>Owner died.</summary>
    EOWNERDEAD = 62,

    /// <summary>Operation not permitted.</summary>
    EPERM = 63,

    /// <summary>Broken pipe.</summary>
    EPIPE = 64,

    /// <summary>Protocol error.</summary>
    EPROTO = 65,

    /// <summary>Protocol not supported.</summary>
    EPROTONOSUPPORT = 66,

    /// <summary>Protocol wrong type for socket.</summary>
    EPROTOTYPE = 67,

    /// <summary>Numerical result out of range.</summary>
    ERANGE = 68,

    /// <summary>Read-only file system.</summary>
    EROFS = 69,

    /// <summary>Illegal seek.</summary>
    ESPIPE = 70,

    /// <summary>No such process.</summary>
    ESRCH = 71,

    /// <summary>Stale file handle.</summary>
    ESTALE = 72,

    /// <summary>Connection timed out.</summary>
    ETIMEDOUT = 73,

    /// <summary>Text file busy.</summary>
    ETXTBSY = 74,

    /// <summary>Invalid cross-device link.</summary>
    EXDEV = 75,

    /// <summary>Capabilities insufficient.</summary>
    ENOTCAPABLE = 76,
}
