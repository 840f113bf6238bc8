namespace PSSandbox.FileSystem;

/// <summary>Which limit of a <see cref="StorageAccount"/> refused something.</summary>
internal enum StorageLimit
{
    /// <summary>Bytes held by all files together; the program gets ENOSPC.</summary>
    Bytes,

    /// <summary>Number of inodes; the program gets ENOSPC.</summary>
    Nodes,

    /// <summary>Length of one file; the program gets EFBIG.</summary>
    FileSize,
}
