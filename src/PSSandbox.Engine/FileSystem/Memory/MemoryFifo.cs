namespace PSSandbox.FileSystem;

/// <summary>A named pipe in memory.</summary>
internal sealed class MemoryFifo : MemoryNode
{
    private readonly FrozenSpecial? _image;
    private Pipe? _pipe;

    internal MemoryFifo(MemoryFileSystem fileSystem, ulong inode, in NodeCreation creation)
        : base(fileSystem, inode, creation)
    {
    }

    internal MemoryFifo(MemoryFileSystem fileSystem, FrozenSpecial frozen)
        : base(fileSystem, frozen) => _image = frozen;

    /// <inheritdoc/>
    public override FileType Type => FileType.Fifo;

    /// <inheritdoc/>
    public override Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        Pipe pipe;
        lock (this)
            pipe = _pipe ??= new Pipe();
        AddOpen();
        Errno errno = pipe.Open(this, flags, caller, DropOpen, out file);
        if (errno != Errno.None)
            DropOpen();
        return errno;
    }

    internal FrozenSpecial Freeze() => !Changed && _image is not null ? _image : new FrozenSpecial(this, Type, null, 0);
}
