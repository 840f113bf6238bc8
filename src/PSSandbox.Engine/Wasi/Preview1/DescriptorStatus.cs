using PSSandbox.FileSystem;

namespace PSSandbox.Wasi.Preview1;

/// <summary>What preview 1 says of a descriptor: its <c>filetype</c>, <c>fdflags</c> and <c>rights</c>, told from what is open.</summary>
internal static class DescriptorStatus
{
    /// <summary>All bits of fdflags.</summary>
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

    // every path_* right but path_filestat_set_size, for which there is no function; and fd_readdir
    private const long AnyDirectory = 0x1f << 9 | 1 << 14 | 0xf << 15 | 1 << 20 | 0x7 << 24;

    // fdflags and what they are among the flags of open. Those of synchronous writing are kept and mean nothing here.
    private static readonly (int Flag, OpenFlags Open)[] Flags =
    [
        (1, OpenFlags.Append), (2, (OpenFlags)0x1000), (4, OpenFlags.NonBlocking), (8, (OpenFlags)0x200000), (16, (OpenFlags)0x100000),
    ];

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

    /// <summary>The flags of open that fdflags stand for.</summary>
    public static OpenFlags AllOpenFlags { get; } = OpenFlagsOf(AllFlags);

    /// <summary>Status flags as fdflags.</summary>
    public static int FlagsOf(OpenFile file)
    {
        int flags = 0;
        foreach ((int flag, OpenFlags open) in Flags)
            flags |= (file.Flags & open) != 0 ? flag : 0;
        return flags;
    }

    /// <summary>fdflags as flags of open.</summary>
    public static OpenFlags OpenFlagsOf(int flags)
    {
        OpenFlags result = 0;
        foreach ((int flag, OpenFlags open) in Flags)
            result |= (flags & flag) != 0 ? open : 0;
        return result;
    }

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
