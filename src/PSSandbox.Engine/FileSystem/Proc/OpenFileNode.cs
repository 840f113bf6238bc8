namespace PSSandbox.FileSystem;

/// <summary>
/// What a link of <c>/proc/PID/fd</c> stands for where that has no node: an unnamed pipe, a host's stream. Opening it
/// gives the same description again, as dup does.
/// </summary>
internal sealed class OpenFileNode(IProcessView process, int descriptor) : Node
{
    /// <inheritdoc/>
    public override FileType Type
    {
        get
        {
            Errno errno = GetStatus(out FileStatus status);
            return errno == Errno.None ? status.Type : FileType.CharacterDevice;
        }
    }

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        status = default;
        OpenFile? file = process.OpenDescriptor(descriptor);
        if (file is null)
            return Errno.ENOENT;
        Errno errno = file.GetStatus(out status);
        file.Release();
        return errno;
    }

    /// <inheritdoc/>
    public override Errno GetFileSystemStatus(out FileSystemStatus status)
    {
        status = new FileSystemStatus { TypeName = "pipefs", Magic = 0x50495045, BlockSize = 4096 };
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        file = process.OpenDescriptor(descriptor);
        if (file is null)
            return Errno.ENOENT;
        OpenFlags access = flags & OpenFlags.AccessMask;
        if ((access == OpenFlags.WriteOnly || file.CanRead) && (access == OpenFlags.ReadOnly || file.CanWrite))
            return Errno.None;
        file.Release();
        file = null;
        return Errno.EACCES;
    }
}
