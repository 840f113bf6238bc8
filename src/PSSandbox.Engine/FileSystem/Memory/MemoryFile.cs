namespace PSSandbox.FileSystem;

/// <summary>A regular file in memory.</summary>
internal sealed class MemoryFile : MemoryNode
{
    private FrozenFile? _image;         // where it came from, while its content is still the same
    private FileContent? _content;      // the image's own while _image is set; null: no bytes yet
    private object? _tag;

    internal MemoryFile(MemoryFileSystem fileSystem, ulong inode, in NodeCreation creation)
        : base(fileSystem, inode, creation)
    {
    }

    internal MemoryFile(MemoryFileSystem fileSystem, FrozenFile frozen)
        : base(fileSystem, frozen)
    {
        _image = frozen;
        _content = frozen.Content;
    }

    /// <inheritdoc/>
    public override FileType Type => FileType.Regular;

    /// <inheritdoc/>
    public override object? ContentTag
    {
        get => _image is { } image ? image.ContentTag : Volatile.Read(ref _tag);
        set
        {
            lock (this)
            {
                if (_image is { } image)
                    image.ContentTag = value;
                else
                    _tag = value;
            }
        }
    }

    /// <inheritdoc/>
    public override Errno Open(OpenFlags flags, IBlockingCaller? caller, out OpenFile? file)
    {
        if ((flags & OpenFlags.Truncate) != 0)
        {
            lock (this)
            {
                // POSIX: the times change even if it was empty.
                _ = SetSize(0);
                TouchContent();
            }
        }

        file = new MemoryOpenFile(this, flags);
        return Errno.None;
    }

    /// <summary>Gives the content where it is one block that nobody changes: a file of an image.</summary>
    public override bool TryGetContent(out ReadOnlyMemory<byte> content)
    {
        lock (this)
        {
            if (_image is not null)
                return _image.Content.TryGetWhole(out content);
        }

        content = default;
        return false;
    }

    internal Errno Read(Span<byte> buffer, long offset, out int count)
    {
        lock (this)
            count = ReadLocked(buffer, offset);
        return Errno.None;
    }

    /// <summary>Reads; called under the lock, as a description does that moves its offset with it.</summary>
    internal int ReadLocked(Span<byte> buffer, long offset)
    {
        long length = _content?.Length ?? 0;
        if (offset >= length || buffer.IsEmpty)
            return 0;
        int count = (int)Math.Min(buffer.Length, length - offset);
        _content!.Read(buffer[..count], offset);
        TouchAccess();
        return count;
    }

    /// <summary>Writes; called under the lock.</summary>
    internal Errno WriteLocked(ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (buffer.IsEmpty)
            return Errno.None;
        StorageAccount account = FileSystem.Account;
        long room = account.FileLengthLimit - offset;
        if (room <= 0)
        {
            account.Report(StorageLimit.FileSize);
            return Errno.EFBIG;
        }

        if (buffer.Length > room)
            buffer = buffer[..(int)room];
        count = Own().Write(buffer, offset, account);
        if (count < buffer.Length)
            account.Report(StorageLimit.Bytes);
        if (count == 0)
            return Errno.ENOSPC;
        TouchContent();
        return Errno.None;
    }

    internal long LengthLocked => _content?.Length ?? 0;

    internal Errno Allocate(long offset, long length)
    {
        lock (this)
        {
            StorageAccount account = FileSystem.Account;
            if (offset > account.FileLengthLimit - length)
            {
                account.Report(StorageLimit.FileSize);
                return Errno.EFBIG;
            }

            FileContent content = Own();
            if (!content.Reserve(offset, length, account))
            {
                account.Report(StorageLimit.Bytes);
                return Errno.ENOSPC;
            }

            if (offset + length > content.Length)
                content.SetLength(offset + length, account);
            TouchContent();
            return Errno.None;
        }
    }

    internal FrozenFile Freeze()
    {
        lock (this)
        {
            if (!Changed && _image is not null)
                return _image;
            return new FrozenFile(this, _image?.Content ?? _content?.Fork() ?? new FileContent()) { ContentTag = ContentTag };
        }
    }

    private protected override void FillStatus(ref FileStatus status)
    {
        status.Size = LengthLocked;
        status.AllocatedBytes = ((_content?.AllocatedBytes ?? 0) + 4095) & ~4095L;
    }

    private protected override Errno SetSize(long size)
    {
        if (size == LengthLocked)
            return Errno.None;
        StorageAccount account = FileSystem.Account;
        if (size > account.FileLengthLimit)
        {
            account.Report(StorageLimit.FileSize);
            return Errno.EFBIG;
        }

        if (size == 0)
            ReleaseContent();
        else
            Own().SetLength(size, account);
        TouchContent();
        return Errno.None;
    }

    private protected override void ReleaseContent()
    {
        if (_image is null)
            _content?.Release(FileSystem.Account);
        _content = null;
        _image = null;
        _tag = null;
    }

    /// <summary>Content that may be written to.</summary>
    private FileContent Own()
    {
        if (_image is not null)
        {
            _content = _image.Content.Fork();
            _image = null;
        }

        _tag = null;
        return _content ??= new FileContent();
    }
}
