namespace PSSandbox.FileSystem;

/// <summary>A symbolic link in memory.</summary>
internal sealed class MemorySymbolicLink : MemoryNode
{
    private readonly string _target;
    private readonly FrozenSpecial? _image;

    internal MemorySymbolicLink(MemoryFileSystem fileSystem, ulong inode, in NodeCreation creation)
        : base(fileSystem, inode, creation) => _target = creation.Target ?? "";

    internal MemorySymbolicLink(MemoryFileSystem fileSystem, FrozenSpecial frozen)
        : base(fileSystem, frozen)
    {
        _target = frozen.Target!;
        _image = frozen;
    }

    /// <inheritdoc/>
    public override FileType Type => FileType.SymbolicLink;

    private protected override int ExtraCost => _target.Length * 2;

    /// <inheritdoc/>
    public override Errno ReadLink(out string target)
    {
        target = _target;
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        file = null;
        return Errno.ELOOP;
    }

    internal FrozenSpecial Freeze() => !Changed && _image is not null ? _image : new FrozenSpecial(this, Type, _target, 0);

    private protected override void FillStatus(ref FileStatus status) => status.Size = _target.Length;
}
