namespace PSSandbox.FileSystem;

/// <summary>A node of an image that has no content of its own: a symbolic link, a FIFO, a device, a socket's name.</summary>
internal sealed class FrozenSpecial : FrozenNode
{
    internal FrozenSpecial(FileType type, string? target, ulong device)
    {
        Type = type;
        Target = target;
        Device = device;
    }

    internal FrozenSpecial(MemoryNode node, FileType type, string? target, ulong device)
        : base(node)
    {
        Type = type;
        Target = target;
        Device = device;
    }

    /// <inheritdoc/>
    public override FileType Type { get; }

    /// <summary>A symbolic link's target.</summary>
    public string? Target { get; }

    /// <summary>A device's number.</summary>
    public ulong Device { get; }
}
