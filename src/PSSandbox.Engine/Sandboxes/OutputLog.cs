namespace PSSandbox.Sandboxes;

/// <summary>
/// What a process wrote to its streams, in order, up to a bound. Several readers follow it, each at its own speed; one
/// that is left behind is told how many bytes it missed.
/// </summary>
public sealed class OutputLog
{
    private const int ChunkBytes = 32 << 10;
    private readonly object _gate = new();
    private readonly long _limit;
    private readonly bool _keepNewest;
    private readonly List<Piece> _pieces = [];
    private long _begin;
    private long _end;
    private long _lost;
    private int _firstPiece;
    private bool _complete;

    /// <summary>Makes an empty log.</summary>
    /// <param name="limit">Most bytes kept; 0 for no limit.</param>
    /// <param name="keepNewest">At the limit: drop the oldest (a log that is followed) rather than the newest (a result).</param>
    internal OutputLog(long limit, bool keepNewest)
    {
        _limit = limit;
        _keepNewest = keepNewest;
    }

    /// <summary>Bytes that were dropped because of the limit.</summary>
    public long LostBytes
    {
        get
        {
            lock (_gate)
                return _lost;
        }
    }

    /// <summary>Bytes written so far, dropped ones included.</summary>
    public long TotalBytes
    {
        get
        {
            lock (_gate)
                return _keepNewest ? _end : _end + _lost;
        }
    }

    /// <summary>Whether nothing more will be written.</summary>
    public bool IsComplete
    {
        get
        {
            lock (_gate)
                return _complete;
        }
    }

    /// <summary>
    /// Gives what comes at or after a position, waiting for it if there is nothing yet.
    /// </summary>
    /// <param name="position">Where to read, in bytes from the beginning; advanced past what is given.</param>
    /// <param name="output">The next piece, of one stream.</param>
    /// <param name="missed">Bytes that were dropped between the position and the piece.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> without end.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False at the end of a complete log, or when the wait ended without output.</returns>
    public bool TryRead(ref long position, out SandboxOutput output, out long missed, TimeSpan timeout, CancellationToken cancellation = default)
    {
        output = default;
        missed = 0;
        using CancellationTokenRegistration wake = cancellation.UnsafeRegister(static log => ((OutputLog)log!).Pulse(), this);
        long deadline = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        lock (_gate)
        {
            while (position >= _end)
            {
                long left = deadline - Environment.TickCount64;
                if (_complete || left <= 0 || cancellation.IsCancellationRequested)
                    return false;
                Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue));
            }

            if (position < _begin)
            {
                missed = _begin - position;
                position = _begin;
            }

            int index = FindPiece(position);
            Piece piece = _pieces[index];
            int skip = (int)(position - piece.Start);
            output = new SandboxOutput(piece.Stream, piece.Buffer.AsMemory(skip, piece.Length - skip));
            position = piece.Start + piece.Length;
            return true;
        }
    }

    /// <summary>All that is kept of one stream, or of both in order.</summary>
    public byte[] Collect(SandboxStream? stream)
    {
        lock (_gate)
        {
            int length = 0;
            for (int i = _firstPiece; i < _pieces.Count; i++)
                length += stream is null || _pieces[i].Stream == stream ? _pieces[i].Length : 0;
            byte[] bytes = new byte[length];
            int at = 0;
            for (int i = _firstPiece; i < _pieces.Count; i++)
            {
                Piece piece = _pieces[i];
                if (stream is not null && piece.Stream != stream)
                    continue;
                piece.Buffer.AsSpan(0, piece.Length).CopyTo(bytes.AsSpan(at));
                at += piece.Length;
            }

            return bytes;
        }
    }

    /// <summary>Adds bytes; false if some were dropped because the limit is met.</summary>
    internal bool Append(SandboxStream stream, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            bool whole = true;
            if (!_keepNewest && _limit != 0 && _end + bytes.Length > _limit)
            {
                int room = (int)Math.Max(0, _limit - _end);
                _lost += bytes.Length - room;
                bytes = bytes[..room];
                whole = false;
            }

            while (bytes.Length > 0)
            {
                Piece? last = _pieces.Count > _firstPiece ? _pieces[^1] : null;
                if (last is null || last.Stream != stream || !last.HasRoom)
                {
                    last = new Piece(stream, _end, last is null ? Math.Min(ChunkBytes, Math.Max(256, bytes.Length)) : ChunkBytes);
                    _pieces.Add(last);
                }

                int taken = last.Append(bytes);
                bytes = bytes[taken..];
                _end += taken;
            }

            if (_keepNewest && _limit != 0)
                DropOldest();
            Monitor.PulseAll(_gate);
            return whole;
        }
    }

    /// <summary>Nothing more will come.</summary>
    internal void Complete()
    {
        lock (_gate)
        {
            _complete = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Pulse()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private void DropOldest()
    {
        while (_end - _begin > _limit && _firstPiece < _pieces.Count - 1)
        {
            Piece oldest = _pieces[_firstPiece];
            _pieces[_firstPiece++] = Piece.None;
            _begin = oldest.Start + oldest.Length;
            _lost += oldest.Length;
        }

        if (_firstPiece > 64 && _firstPiece > _pieces.Count / 2)
        {
            _pieces.RemoveRange(0, _firstPiece);
            _firstPiece = 0;
        }
    }

    private int FindPiece(long position)
    {
        int low = _firstPiece;
        int high = _pieces.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_pieces[middle].Start <= position)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    /// <summary>A run of bytes of one stream. A reader's view of the filled part stays valid: bytes are only added behind it.</summary>
    private sealed class Piece(SandboxStream stream, long start, int capacity)
    {
        public static readonly Piece None = new(SandboxStream.Output, 0, 0);

        public SandboxStream Stream => stream;

        public long Start => start;

        public byte[] Buffer { get; private set; } = new byte[capacity];

        public int Length { get; private set; }

        public bool HasRoom => Length < ChunkBytes;

        public int Append(ReadOnlySpan<byte> bytes)
        {
            int count = Math.Min(bytes.Length, ChunkBytes - Length);
            if (Length + count > Buffer.Length)
            {
                byte[] larger = new byte[Math.Min(ChunkBytes, Math.Max(Length + count, Buffer.Length * 2))];
                Buffer.AsSpan(0, Length).CopyTo(larger);
                Buffer = larger;
            }

            bytes[..count].CopyTo(Buffer.AsSpan(Length));
            Length += count;
            return count;
        }
    }
}
