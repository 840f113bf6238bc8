namespace PSSandbox.FileSystem;

/// <summary>One name in a directory.</summary>
/// <param name="Name">The name, a byte string.</param>
/// <param name="Inode">Its node's number.</param>
/// <param name="Type">What it is.</param>
internal readonly record struct DirectoryEntry(string Name, ulong Inode, FileType Type);
