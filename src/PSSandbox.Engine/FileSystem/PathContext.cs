namespace PSSandbox.FileSystem;

/// <summary>From where and as whom a path is resolved.</summary>
/// <param name="Root">Where absolute paths begin (chroot).</param>
/// <param name="Start">Where relative paths begin: the working directory or an open directory.</param>
/// <param name="User">Who asks.</param>
/// <param name="Caller">Who waits, where opening a FIFO blocks.</param>
internal readonly record struct PathContext(Node Root, Node Start, Credentials User, IBlockingCaller? Caller = null);
