using PSSandbox.FileSystem;

namespace PSSandbox.Wasi.Preview1;

/// <summary>What preview 1 says of a descriptor: its <c>filetype</c>, <c>fdflags</c> and <c>rights</c>, told from what is open.</summary>
internal static class DescriptorStatus
{
    /// <summary>fdflags.append.</summary>
    public const int FlagAppend = 1;

    /// <summary>fdflags.nonblock.</summary>
    public const int FlagNonBlock = 4;

    /// <summary>All bits of fdflags; those of synchronous writing are accepted and mean nothing here.</summary>
    public const int AllFlags = 31;

    /// <summary>rights.fd_read.</summary>
    public const long RightRead = 1 << 1;

    /// <summary>rights.fd_write.</summary>
    public const long RightWrite = 1 << 6;

    /// <summary>rights.fd_readdir.</summary>
    public const long RightReadDirectory = 1 << 14;

    private const long RightSeek = 1 << 2;
    private const long RightTell = 1 << 5;
    private const long RightAllocate = 1 << 8;
    private const long RightSetSize = 1 << 22;

    // fd_datasync, fd_fdstat_set_flags, fd_sync, fd_advise, fd_filestat_get, fd_filestat_set_times, poll_fd_readwrite
    private const long AnyFile = 1 | 1 << 3 | 1 << 4 | 1 << 7 | 1 << 21 | 1 << 23 | 1 << 27;

    // every path_* right and fd_readdir
    private const long AnyDirectory = 0x1f << 9 | 1 << 14 | 0x1f << 15 | 1 << 20 | 0x7 << 24;

    /// <summary>Preview 1's number for a file type: FIFOs have none and are <c>unknown</c>.</summary>
    public static int FileTypeOf(FileType type) => type switch
    {
        FileType.BlockDevice => 1,
        FileType.CharacterDevice => 2,
        FileType.Directory => 3,
        FileType.Regular => 4,
        FileType.Socket => 6,
        FileType.SymbolicLink => 7,
        _ => 0,
    };

    /// <summary>The type of what is open.</summary>
    public static int FileTypeOf(OpenFile file)
    {
        if (file.Terminal is not null)
            return FileTypeOf(FileType.CharacterDevice);
        if (file.Node is not null)
            return FileTypeOf(file.Node.Type);
        return file.GetStatus(out FileStatus status) == Errno.None ? FileTypeOf(status.Type) : 0;
    }

    /// <summary>Status flags as fdflags.</summary>
    public static int FlagsOf(OpenFile file) =>
        ((file.Flags & OpenFlags.Append) != 0 ? FlagAppend : 0) | ((file.Flags & OpenFlags.NonBlocking) != 0 ? FlagNonBlock : 0);

    /// <summary>fdflags as flags of open.</summary>
    public static OpenFlags OpenFlagsOf(int flags) =>
        ((flags & FlagAppend) != 0 ? OpenFlags.Append : 0) | ((flags & FlagNonBlock) != 0 ? OpenFlags.NonBlocking : 0);

    /// <summary>
    /// What may be done with a descriptor, and with what is opened through it. A terminal has neither seek nor tell: by
    /// that the C library knows it (isatty).
    /// </summary>
    public static (long Base, long Inheriting) RightsOf(OpenFile file)
    {
        if (file.Node is { IsDirectory: true })
        {
            long directory = AnyDirectory | AnyFile;
            return (directory, directory | RightRead | RightWrite | RightSeek | RightTell | RightAllocate | RightSetSize);
        }

        long rights = AnyFile;
        if (file.CanRead)
            rights |= RightRead;
        if (file.CanWrite)
            rights |= RightWrite | RightAllocate | RightSetSize;
        if (file.Terminal is null && file.CanSeek)
            rights |= RightSeek | RightTell;
        return (rights, 0);
    }
}
