namespace PSSandbox.FileSystem;

/// <summary>
/// An open file description (POSIX 3.223): offset, status flags and what they refer to; shared by the descriptors that
/// were duplicated from one open, in one process or several. Counted: <see cref="Release"/> of the last reference closes.
/// </summary>
internal abstract class OpenFile
{
    private int _references = 1;
    private int _flags;

    /// <summary>Makes a description with one reference.</summary>
    protected OpenFile(Node? node, OpenFlags flags)
    {
        Node = node;
        _flags = (int)(flags & ~(OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.Truncate | OpenFlags.CloseOnExec));
    }

    /// <summary>The node behind it; null for an unnamed pipe or a host's stream.</summary>
    public Node? Node { get; }

    /// <summary>Access mode and status flags; Append and NonBlocking may be changed.</summary>
    public OpenFlags Flags
    {
        get => (OpenFlags)Volatile.Read(ref _flags);
        set => Volatile.Write(ref _flags, (int)value);
    }

    /// <summary>Whether it was opened for reading.</summary>
    public bool CanRead => (Flags & OpenFlags.AccessMask) != OpenFlags.WriteOnly;

    /// <summary>Whether it was opened for writing.</summary>
    public bool CanWrite => (Flags & OpenFlags.AccessMask) != OpenFlags.ReadOnly;

    /// <summary>Whether reads and writes have an offset that can be set.</summary>
    public virtual bool CanSeek => false;

    /// <summary>The terminal that it refers to, if it does.</summary>
    public virtual Terminal? Terminal => null;

    /// <summary>Number of references, for pipes to know whether they are the last.</summary>
    public int References => Volatile.Read(ref _references);

    /// <summary>Adds a reference.</summary>
    public OpenFile AddReference()
    {
        Interlocked.Increment(ref _references);
        return this;
    }

    /// <summary>Adds a reference unless the last one was given back meanwhile: for who found it in another's table.</summary>
    public bool TryAddReference()
    {
        int seen = Volatile.Read(ref _references);
        while (seen > 0)
        {
            int now = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (now == seen)
                return true;
            seen = now;
        }

        return false;
    }

    /// <summary>Gives a reference back; with the last one the description is closed.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
            OnClose();
    }

    /// <summary>
    /// Reads at the offset and advances it; <paramref name="count"/> 0 means end of file. Blocks on pipes and terminals. EBADF, EISDIR, EAGAIN, EINTR.
    /// </summary>
    public virtual Errno Read(Span<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = 0;
        return Errno.EBADF;
    }

    /// <summary>
    /// Writes at the offset (with Append at the end) and advances it; may write fewer bytes than asked. EBADF, EPIPE, ENOSPC, EFBIG, EAGAIN, EINTR.
    /// </summary>
    public virtual Errno Write(ReadOnlySpan<byte> buffer, IBlockingCaller? caller, out int count)
    {
        count = 0;
        return Errno.EBADF;
    }

    /// <summary>Reads at a given offset, leaving the description's own alone. ESPIPE where there is none.</summary>
    public virtual Errno ReadAt(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        return Errno.ESPIPE;
    }

    /// <summary>Writes at a given offset, leaving the description's own alone. ESPIPE where there is none.</summary>
    public virtual Errno WriteAt(ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        count = 0;
        return Errno.ESPIPE;
    }

    /// <summary>Sets the offset. ESPIPE, EINVAL for a negative result.</summary>
    public virtual Errno Seek(long offset, SeekOrigin origin, out long position)
    {
        position = 0;
        return Errno.ESPIPE;
    }

    /// <summary>
    /// Gives directory entries, "." and ".." first, in a stable order. <paramref name="cookie"/> 0 is the beginning; pass back
    /// the returned one for the next. Names added or removed meanwhile may or may not appear; others appear once.
    /// </summary>
    /// <returns>None with <paramref name="entry"/> null at the end; ENOTDIR.</returns>
    public virtual Errno ReadDirectory(ref long cookie, out DirectoryEntry? entry)
    {
        entry = null;
        return Errno.ENOTDIR;
    }

    /// <summary>Status of what is open. Pipes and streams have one too.</summary>
    public virtual Errno GetStatus(out FileStatus status)
    {
        if (Node is not null)
            return Node.GetStatus(out status);
        status = default;
        return Errno.EBADF;
    }

    /// <summary>What it is ready for now.</summary>
    public virtual PollEvents Poll() => PollEvents.Readable | PollEvents.Writable;

    /// <summary>
    /// Has a gate pulsed whenever <see cref="Poll"/> may have changed; until disposed. Null where it never changes.
    /// </summary>
    public virtual IDisposable? Watch(object gate) => null;

    /// <summary>Reserves room (posix_fallocate). ENODEV, ENOSPC.</summary>
    public virtual Errno Allocate(long offset, long length) => Errno.ENODEV;

    /// <summary>The last reference is gone.</summary>
    protected virtual void OnClose()
    {
    }
}
