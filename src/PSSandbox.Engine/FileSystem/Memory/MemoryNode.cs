namespace PSSandbox.FileSystem;

/// <summary>An inode of a <see cref="MemoryFileSystem"/>. It is its own lock.</summary>
internal abstract class MemoryNode : Node
{
    private readonly bool _charged;
    private MemoryDirectory? _parent;
    private string _name = "";
    private int _opens;

    /// <summary>A new node; whoever makes it has taken it from the account.</summary>
    protected MemoryNode(MemoryFileSystem fileSystem, ulong inode, in NodeCreation creation)
    {
        FileSystem = fileSystem;
        Inode = inode;
        Mode = creation.Mode;
        UserId = creation.Owner.UserId;
        GroupId = creation.Owner.GroupId;
        AccessTime = ModificationTime = ChangeTime = Timestamp.Now;
        Links = 1;
        Changed = true;
        _charged = inode != 1;
    }

    /// <summary>A node of an image.</summary>
    protected MemoryNode(MemoryFileSystem fileSystem, FrozenNode frozen)
    {
        FileSystem = fileSystem;
        Inode = frozen.Inode;
        Mode = frozen.Mode;
        UserId = frozen.UserId;
        GroupId = frozen.GroupId;
        AccessTime = frozen.AccessTime;
        ModificationTime = frozen.ModificationTime;
        ChangeTime = frozen.ChangeTime;
        Links = frozen.Links;
    }

    /// <summary>The file system that it is on.</summary>
    public MemoryFileSystem FileSystem { get; }

    /// <summary>Its number.</summary>
    public ulong Inode { get; }

    /// <inheritdoc/>
    public override Node? Parent => Volatile.Read(ref _parent);

    /// <inheritdoc/>
    public override string Name => _name;

    /// <inheritdoc/>
    public override bool IsRemoved => _removedName || Links == 0;

    internal int Mode { get; private protected set; }

    internal int UserId { get; private protected set; }

    internal int GroupId { get; private protected set; }

    internal long AccessTime { get; private protected set; }

    internal long ModificationTime { get; private protected set; }

    internal long ChangeTime { get; private protected set; }

    /// <summary>Number of names; of a directory, with its own "." and its subdirectories' "..".</summary>
    internal int Links { get; private protected set; }

    /// <summary>Whether status or content differ from the image's node that it was taken from.</summary>
    internal bool Changed { get; set; }

    /// <summary>Bytes charged for the inode beside its content: a symbolic link's target.</summary>
    private protected virtual int ExtraCost => 0;

    private bool _removedName;

    internal void SetPlace(MemoryDirectory? parent, string name)
    {
        _name = name;
        Volatile.Write(ref _parent, parent);
        _removedName = false;
    }

    internal static MemoryNode ThawSpecial(MemoryFileSystem fileSystem, FrozenSpecial frozen) => frozen.Type switch
    {
        FileType.SymbolicLink => new MemorySymbolicLink(fileSystem, frozen),
        FileType.Fifo => new MemoryFifo(fileSystem, frozen),
        _ => new MemoryDevice(fileSystem, frozen),
    };

    /// <inheritdoc/>
    public override Errno GetStatus(out FileStatus status)
    {
        lock (this)
        {
            status = new FileStatus
            {
                Device = FileSystem.Device,
                Inode = Inode,
                Type = Type,
                Mode = Mode,
                Links = Links,
                UserId = UserId,
                GroupId = GroupId,
                AccessTime = AccessTime,
                ModificationTime = ModificationTime,
                ChangeTime = ChangeTime,
            };
            FillStatus(ref status);
        }

        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno GetFileSystemStatus(out FileSystemStatus status) => FileSystem.GetStatus(out status);

    /// <inheritdoc/>
    public override Errno SetStatus(in StatusChange change)
    {
        lock (this)
        {
            if (change.Size is { } size)
            {
                Errno errno = SetSize(size);
                if (errno != Errno.None)
                    return errno;
            }

            Mode = change.Mode ?? Mode;
            UserId = change.UserId ?? UserId;
            GroupId = change.GroupId ?? GroupId;
            AccessTime = change.AccessTime ?? AccessTime;
            ModificationTime = change.ModificationTime ?? ModificationTime;
            TouchStatus();
        }

        return Errno.None;
    }

    /// <summary>Adds what only some nodes have; called under the lock.</summary>
    private protected virtual void FillStatus(ref FileStatus status)
    {
    }

    /// <summary>Sets the length; called under the lock.</summary>
    private protected virtual Errno SetSize(long size) => Errno.EINVAL;

    /// <summary>Lets go of the content: no name and no open file is left. Called under the lock.</summary>
    private protected virtual void ReleaseContent()
    {
    }

    /// <summary>Nobody has it open any more. Called under the lock.</summary>
    private protected virtual void LastClosed()
    {
    }

    /// <summary>Status changed; called under the lock.</summary>
    private protected void TouchStatus()
    {
        ChangeTime = Timestamp.Now;
        Changed = true;
    }

    /// <summary>Content changed; called under the lock.</summary>
    private protected void TouchContent()
    {
        ModificationTime = ChangeTime = Timestamp.Now;
        Changed = true;
    }

    /// <summary>Content was read: sets the access time once after each change (relatime). Called under the lock.</summary>
    private protected void TouchAccess()
    {
        if (AccessTime <= ModificationTime)
            AccessTime = Timestamp.Now;
    }

    /// <summary>One name more. ENOENT if none was left, EMLINK.</summary>
    internal Errno AddLink()
    {
        lock (this)
        {
            if (Links == 0)
                return Errno.ENOENT;
            if (Links >= 65000)
                return Errno.EMLINK;
            Links++;
            TouchStatus();
            return Errno.None;
        }
    }

    /// <summary>One name less; the last one lets go of everything once nobody has it open.</summary>
    internal void DropLink(MemoryDirectory parent, string name)
    {
        lock (this)
        {
            Links = IsDirectory ? 0 : Links - 1;
            TouchStatus();
            if (ReferenceEquals(_parent, parent) && _name == name)
                _removedName = true;
            if (Links == 0 && _opens == 0)
                ReleaseAll();
        }
    }

    /// <summary>It bears another name now.</summary>
    internal void Renamed()
    {
        lock (this)
            TouchStatus();
    }

    /// <summary>An open file description more.</summary>
    internal void AddOpen()
    {
        lock (this)
            _opens++;
    }

    /// <summary>An open file description less.</summary>
    internal void DropOpen()
    {
        lock (this)
        {
            if (--_opens > 0)
                return;
            LastClosed();
            if (Links == 0)
                ReleaseAll();
        }
    }

    private void ReleaseAll()
    {
        ReleaseContent();
        if (_charged)
            FileSystem.Account.GiveNode(ExtraCost);
    }
}
