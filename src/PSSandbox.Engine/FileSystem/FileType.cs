namespace PSSandbox.FileSystem;

/// <summary>What a node is; the values are the type bits of <c>st_mode</c> (POSIX sys/stat.h, numbers as on Linux).</summary>
internal enum FileType
{
    /// <summary>A named or unnamed pipe.</summary>
    Fifo = 0x1000,

    /// <summary>A character device.</summary>
    CharacterDevice = 0x2000,

    /// <summary>A directory.</summary>
    Directory = 0x4000,

    /// <summary>A block device.</summary>
    BlockDevice = 0x6000,

    /// <summary>A regular file.</summary>
    Regular = 0x8000,

    /// <summary>A symbolic link.</summary>
    SymbolicLink = 0xa000,

    /// <summary>A socket.</summary>
    Socket = 0xc000,
}
