namespace PSSandbox.FileSystem;

/// <summary>A regular file in memory.</summary>
internal sealed class MemoryFile : MemoryNode
{
    private FrozenFile? _image;         // where it came from, while its content is still the same
    private FileContent? _content;      // the image's own while _image is set; null: no bytes yet
    private object? _tag;
    private ForeignFile? _foreign;      // a lower file that its content is still in
    private OpenFile? _lower;           // that one, open while this is

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

    internal MemoryFile(MemoryFileSystem fileSystem, ForeignFile foreign)
        : base(fileSystem, foreign) => _foreign = foreign;

    /// <inheritdoc/>
    public override FileType Type => FileType.Regular;

    /// <inheritdoc/>
    public override object? ContentTag
    {
        get => _image is { } image ? image.ContentTag : _foreign is { } foreign ? foreign.Lower.ContentTag : Volatile.Read(ref _tag);
        set
        {
            lock (this)
            {
                if (_image is { } image)
                    image.ContentTag = value;
                else if (_foreign is { } foreign)
                    foreign.Lower.ContentTag = value;
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
            return ReadLocked(buffer, offset, out count);
    }

    /// <summary>Reads; called under the lock, as a description does that moves its offset with it.</summary>
    internal Errno ReadLocked(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (_foreign is not null)
        {
            Errno errno = OpenLower();
            return errno != Errno.None ? errno : _lower!.ReadAt(buffer, offset, out count);
        }

        long length = _content?.Length ?? 0;
        if (offset >= length || buffer.IsEmpty)
            return Errno.None;
        count = (int)Math.Min(buffer.Length, length - offset);
        _content!.Read(buffer[..count], offset);
        TouchAccess();
        return Errno.None;
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
        Errno errno = Own(out FileContent? content);
        if (errno != Errno.None)
            return errno;
        count = content!.Write(buffer, offset, account);
        if (count < buffer.Length)
            account.Report(StorageLimit.Bytes);
        if (count == 0)
            return Errno.ENOSPC;
        TouchContent();
        return Errno.None;
    }

    internal long LengthLocked =>
        _foreign is null ? _content?.Length ?? 0
        : (_lower is not null ? _lower.GetStatus(out FileStatus status) : _foreign.Lower.GetStatus(out status)) == Errno.None ? status.Size
        : 0;

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

            Errno errno = Own(out FileContent? content);
            if (errno != Errno.None)
                return errno;
            if (!content!.Reserve(offset, length, account))
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

    internal FrozenNode Freeze()
    {
        lock (this)
        {
            if (_foreign is not null)
            {
                if (!Changed)
                    return _foreign;
                if (Own(out _) != Errno.None)
                    return _foreign;
            }

            if (!Changed && _image is not null)
                return _image;
            return new FrozenFile(this, _image?.Content ?? _content?.Fork() ?? new FileContent()) { ContentTag = ContentTag };
        }
    }

    private protected override void FillStatus(ref FileStatus status)
    {
        status.Size = LengthLocked;
        status.AllocatedBytes = ((_foreign is null ? _content?.AllocatedBytes ?? 0 : status.Size) + 4095) & ~4095L;
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
        else if (Own(out FileContent? content) is var errno and not Errno.None)
            return errno;
        else
            content!.SetLength(size, account);
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
        _foreign = null;
        LastClosed();
    }

    private protected override void LastClosed()
    {
        _lower?.Release();
        _lower = null;
    }

    private Errno OpenLower() =>
        _lower is not null ? Errno.None : _foreign!.Lower.Open(OpenFlags.ReadOnly, null, out _lower);

    /// <summary>Copies a lower file to memory. ENOSPC.</summary>
    private Errno CopyUp()
    {
        Errno errno = OpenLower();
        if (errno != Errno.None)
            return errno;
        StorageAccount account = FileSystem.Account;
        var content = new FileContent();
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(FileContent.ChunkSize);
        while (true)
        {
            errno = _lower!.ReadAt(buffer.AsSpan(0, FileContent.ChunkSize), content.Length, out int count);
            if (errno != Errno.None || count == 0)
                break;
            if (content.Length > account.FileLengthLimit - count)
                errno = Errno.EFBIG;
            else if (content.Write(buffer.AsSpan(0, count), content.Length, account) < count)
                errno = Errno.ENOSPC;
            if (errno == Errno.None)
                continue;
            account.Report(errno == Errno.EFBIG ? StorageLimit.FileSize : StorageLimit.Bytes);
            break;
        }

        System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        if (errno != Errno.None)
        {
            content.Release(account);
            return errno;
        }

        _content = content;
        _foreign = null;
        LastClosed();
        return Errno.None;
    }

    /// <summary>Content that may be written to. ENOSPC where a lower file has to be copied.</summary>
    private Errno Own(out FileContent? content)
    {
        if (_foreign is not null && CopyUp() is var errno and not Errno.None)
        {
            content = null;
            return errno;
        }

        if (_image is not null)
        {
            _content = _image.Content.Fork();
            _image = null;
        }

        _tag = null;
        content = _content ??= new FileContent();
        return Errno.None;
    }
}
