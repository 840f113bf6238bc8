namespace PSSandbox.FileSystem;

/// <summary>A node of a <see cref="HostMount"/>: a place in it, and which file of the host was seen there.</summary>
internal abstract class HostNode : Node
{
    private HostDirectory? _parent;
    private string _name;

    private protected HostNode(HostMount mount, HostDirectory? parent, string name, in HostStatus seen)
    {
        Mount = mount;
        _parent = parent;
        _name = name;
        Seen = seen;
    }

    /// <summary>The mount.</summary>
    public HostMount Mount { get; }

    /// <summary>What was there when it was looked up: the same file must be there when it is used.</summary>
    public HostStatus Seen { get; }

    /// <inheritdoc/>
    public override Node? Parent => _parent;

    /// <inheritdoc/>
    public override string Name => _name;

    /// <inheritdoc/>
    public override bool IsReadOnly => Mount.IsReadOnly;

    internal HostDirectory? ParentDirectory => _parent;

    internal void SetPlace(HostDirectory parent, string name)
    {
        _parent = parent;
        _name = name;
    }

    /// <inheritdoc/>
    public override Errno GetFileSystemStatus(out FileSystemStatus status) => Mount.GetStatus(out status);

    /// <summary>The status as it is seen inside.</summary>
    internal FileStatus Show(in HostStatus status) => new()
    {
        Device = Mount.Device,
        Inode = status.Inode,
        Type = status.Type,
        Mode = (status.Mode | Mount.AddedMode) & 0x3ff,
        Links = status.Links,
        UserId = Mount.Owner.UserId,
        GroupId = Mount.Owner.GroupId,
        Size = status.Size,
        AllocatedBytes = status.AllocatedBytes,
        AccessTime = status.AccessTime,
        ModificationTime = status.ModificationTime,
        ChangeTime = status.ChangeTime,
    };

    /// <summary>Owners stay what they are; gives EPERM for another.</summary>
    private protected Errno CheckOwner(in StatusChange change) =>
        change.UserId is { } uid && uid != Mount.Owner.UserId || change.GroupId is { } gid && gid != Mount.Owner.GroupId
            ? Errno.EPERM
            : Errno.None;
}
