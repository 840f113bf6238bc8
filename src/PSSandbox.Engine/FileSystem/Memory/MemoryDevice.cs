namespace PSSandbox.FileSystem;

/// <summary>A device node, or a socket's name, in memory.</summary>
internal sealed class MemoryDevice : MemoryNode
{
    private readonly ulong _device;
    private readonly FrozenSpecial? _image;

    internal MemoryDevice(MemoryFileSystem fileSystem, ulong inode, in NodeCreation creation)
        : base(fileSystem, inode, creation)
    {
        Type = creation.Type;
        _device = creation.Device;
    }

    internal MemoryDevice(MemoryFileSystem fileSystem, FrozenSpecial frozen)
        : base(fileSystem, frozen)
    {
        Type = frozen.Type;
        _device = frozen.Device;
        _image = frozen;
    }

    /// <inheritdoc/>
    public override FileType Type { get; }

    /// <inheritdoc/>
    public override Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        file = null;
        return Type == FileType.CharacterDevice && FileSystem.Devices is { } devices
            ? devices.Open(this, _device, flags, caller, out file)
            : Errno.ENXIO;
    }

    internal FrozenSpecial Freeze() => !Changed && _image is not null ? _image : new FrozenSpecial(this, Type, null, _device);

    private protected override void FillStatus(ref FileStatus status) => status.RawDevice = _device;
}
