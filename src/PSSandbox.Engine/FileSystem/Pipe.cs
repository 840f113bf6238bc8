using System.Buffers;

namespace PSSandbox.FileSystem;

/// <summary>
/// A pipe, named or not (POSIX pipe, mkfifo): a ring of bytes between open file descriptions. The object is its own
/// gate: waiting for it goes through <see cref="IBlockingCaller.Block"/>.
/// </summary>
internal sealed class Pipe
{
    /// <summary>Most bytes in a pipe.</summary>
    public const int Capacity = 65536;

    /// <summary>Writes up to this many bytes are not mixed with others' (PIPE_BUF).</summary>
    public const int AtomicSize = 4096;

    private static ulong _lastInode;
    private readonly ulong _inode = Interlocked.Increment(ref _lastInode) + 0x10000;
    private readonly long _created = Timestamp.Now;
    private byte[]? _ring;
    private int _limit = Capacity;  // less while the sandbox has no memory for more
    private IMemoryAccount? _account;
    private int _charged;
    private int _start;
    private int _count;
    private int _readers;
    private int _writers;
    private int _readersEver;       // counts opens, for those who wait for one to happen
    private int _writersEver;
    private object[] _watchers = [];
    private Action? _onFull;

    /// <summary>
    /// Called once, outside of the lock and on the writer's thread, before a writer waits for room: whoever has put off
    /// starting the reader starts it now.
    /// </summary>
    public Action? OnFull
    {
        get => Volatile.Read(ref _onFull);
        set => Volatile.Write(ref _onFull, value);
    }

    /// <summary>Number by which /proc tells pipes apart.</summary>
    public ulong Inode => _inode;

    /// <summary>Bytes in it.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Makes an unnamed pipe with its two ends.</summary>
    public static Pipe Create(out PipeReader reader, out PipeWriter writer, OpenFlags flags = OpenFlags.ReadOnly)
    {
        var pipe = new Pipe { _readers = 1, _writers = 1 };
        OpenFlags status = flags & ~OpenFlags.AccessMask;
        reader = new PipeReader(pipe, null, status | OpenFlags.ReadOnly, null);
        writer = new PipeWriter(pipe, null, status | OpenFlags.WriteOnly, null);
        return pipe;
    }

    /// <summary>
    /// Opens a FIFO (POSIX open): waits until the other end is open too, unless for both ways or not to block.
    /// ENXIO for a writer that shall not block and finds no reader; EINTR.
    /// </summary>
    internal Errno Open(Node node, OpenFlags flags, IBlockingCaller? caller, Action closed, out OpenFile? file)
    {
        file = null;
        OpenFlags access = flags & OpenFlags.AccessMask;
        bool wait = (flags & OpenFlags.NonBlocking) == 0;
        lock (this)
        {
            if (access == OpenFlags.WriteOnly && !wait && _readers == 0)
                return Errno.ENXIO;
            if (access != OpenFlags.WriteOnly)
            {
                _readers++;
                _readersEver++;
            }

            if (access != OpenFlags.ReadOnly)
            {
                _writers++;
                _writersEver++;
            }

            Monitor.PulseAll(this);
            Errno errno = Errno.None;
            if (wait && access == OpenFlags.ReadOnly)
            {
                int seen = _writersEver;
                while (_writers == 0 && seen == _writersEver && errno == Errno.None)
                    errno = Wait(caller);
            }
            else if (wait && access == OpenFlags.WriteOnly)
            {
                int seen = _readersEver;
                while (_readers == 0 && seen == _readersEver && errno == Errno.None)
                    errno = Wait(caller);
            }

            if (errno != Errno.None)
            {
                if (access == OpenFlags.ReadOnly)
                    _readers--;
                else
                    _writers--;
                return errno;
            }
        }

        NotifyWatchers();
        file = access switch
        {
            OpenFlags.ReadOnly => new PipeReader(this, node, flags, closed),
            OpenFlags.WriteOnly => new PipeWriter(this, node, flags, closed),
            _ => new FifoFile(this, node, flags, closed),
        };
        return Errno.None;
    }

    internal Errno Read(Span<byte> buffer, bool nonBlocking, IBlockingCaller? caller, out int count)
    {
        count = 0;
        if (buffer.IsEmpty)
            return Errno.None;
        lock (this)
        {
            while (_count == 0)
            {
                if (_writers == 0)
                    return Errno.None;
                if (nonBlocking)
                    return Errno.EAGAIN;
                Errno errno = Wait(caller);
                if (errno != Errno.None)
                    return errno;
            }

            count = Math.Min(buffer.Length, _count);
            int first = Math.Min(count, _ring!.Length - _start);
            _ring.AsSpan(_start, first).CopyTo(buffer);
            _ring.AsSpan(0, count - first).CopyTo(buffer[first..]);
            bool wasTight = _limit - _count < AtomicSize;
            _count -= count;
            _start = _count == 0 ? 0 : (_start + count) & (_ring.Length - 1);
            if (wasTight)
                Monitor.PulseAll(this);
        }

        NotifyWatchers();
        return Errno.None;
    }

    internal Errno Write(ReadOnlySpan<byte> buffer, bool nonBlocking, IBlockingCaller? caller, out int count)
    {
        count = 0;
        if (buffer.IsEmpty)
            return Errno.None;
        int least = buffer.Length <= AtomicSize ? buffer.Length : 1;
        while (true)
        {
            Action? full = null;
            lock (this)
            {
                while (true)
                {
                    if (_readers == 0)
                        return Errno.EPIPE;
                    if (_limit - _count >= least)
                    {
                        // Without memory for more the pipe is as long as it is; without any there is none.
                        if (Reserve(Math.Min(buffer.Length, Capacity - _count), caller) || _ring is not null && _limit - _count >= least)
                            break;
                        if (_ring is null)
                            return count > 0 ? Errno.None : Errno.ENOMEM;
                    }

                    if (nonBlocking)
                        return count > 0 ? Errno.None : Errno.EAGAIN;
                    full = Interlocked.Exchange(ref _onFull, null);
                    if (full is not null)
                        break;
                    Errno errno = Wait(caller);
                    if (errno != Errno.None)
                        return count > 0 ? Errno.None : errno;
                }

                if (full is null)
                {
                    int now = Math.Min(buffer.Length, _limit - _count);
                    Put(buffer[..now]);
                    buffer = buffer[now..];
                    count += now;
                    if (_count == now)
                        Monitor.PulseAll(this);
                }
            }

            if (full is not null)
            {
                full();
                continue;
            }

            NotifyWatchers();
            if (buffer.IsEmpty)
                return Errno.None;
        }
    }

    internal PollEvents PollRead()
    {
        lock (this)
            return (_count > 0 ? PollEvents.Readable : 0) | (_writers == 0 ? PollEvents.HangUp | PollEvents.Readable : 0);
    }

    internal PollEvents PollWrite()
    {
        lock (this)
            return (_limit - _count >= AtomicSize || _readers == 0 ? PollEvents.Writable : 0) | (_readers == 0 ? PollEvents.Error : 0);
    }

    internal void Close(bool reads, bool writes)
    {
        lock (this)
        {
            if (reads)
                _readers--;
            if (writes)
                _writers--;
            if (_readers == 0 && _writers == 0 && _ring is not null)
            {
                ArrayPool<byte>.Shared.Return(_ring);
                _ring = null;
                _start = _count = 0;
                _limit = Capacity;
                _account?.Release(_charged);
                _account = null;
                _charged = 0;
            }

            Monitor.PulseAll(this);
        }

        NotifyWatchers();
    }

    internal IDisposable Watch(object gate)
    {
        lock (this)
            _watchers = [.. _watchers, gate];
        return new Watcher(this, gate);
    }

    internal void FillStatus(out FileStatus status) => status = new FileStatus
    {
        Device = 0xd,
        Inode = _inode,
        Type = FileType.Fifo,
        Mode = 0x180,
        Links = 1,
        AccessTime = _created,
        ModificationTime = _created,
        ChangeTime = _created,
    };

    private Errno Wait(IBlockingCaller? caller)
    {
        if (caller is not null)
        {
            Errno errno = caller.Block(this, Timeout.Infinite);
            return errno == Errno.ETIMEDOUT ? Errno.None : errno;
        }

        Monitor.Wait(this);
        return Errno.None;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        int end = (_start + _count) & (_ring!.Length - 1);
        int first = Math.Min(bytes.Length, _ring.Length - end);
        bytes[..first].CopyTo(_ring.AsSpan(end));
        bytes[first..].CopyTo(_ring);
        _count += bytes.Length;
    }

    /// <summary>
    /// Makes room for bytes, on the account of the sandbox that writes. Where that refuses, the pipe's limit is what it has.
    /// </summary>
    private bool Reserve(int bytes, IBlockingCaller? caller)
    {
        int had = _ring?.Length ?? 0;
        int needed = _count + bytes;
        if (needed <= had)
            return true;
        int size = Math.Max(had, AtomicSize);
        while (size < needed)
            size *= 2;
        _account ??= (caller as IMemoryOwner)?.Memory;
        if (_account is not null)
        {
            while (size > had && !_account.TryCharge(size - _charged))
                size = size == AtomicSize ? 0 : size / 2;
            if (size <= had)
            {
                _limit = Math.Max(had, AtomicSize);
                return false;
            }

            _charged = size;
        }

        _limit = size < needed ? size : Capacity;
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);     // of a power of two it gives exactly that many
        if (_ring is not null)
        {
            int first = Math.Min(_count, _ring.Length - _start);
            _ring.AsSpan(_start, first).CopyTo(larger);
            _ring.AsSpan(0, _count - first).CopyTo(larger.AsSpan(first));
            ArrayPool<byte>.Shared.Return(_ring);
        }

        _ring = larger;
        _start = 0;
        return size >= needed;
    }

    /// <summary>Wakes those who poll. Not under the pipe's lock: they hold their gate while they ask the pipe.</summary>
    private void NotifyWatchers()
    {
        foreach (object gate in Volatile.Read(ref _watchers))
        {
            lock (gate)
                Monitor.PulseAll(gate);
        }
    }

    private sealed class Watcher(Pipe pipe, object gate) : IDisposable
    {
        private bool _disposed;

        public void Dispose()
        {
            lock (pipe)
            {
                if (_disposed)
                    return;
                _disposed = true;
                int index = Array.IndexOf(pipe._watchers, gate);
                pipe._watchers = [.. pipe._watchers[..index], .. pipe._watchers[(index + 1)..]];
            }
        }
    }
}
