using PSSandbox.FileSystem;

namespace PSSandbox.Wasi.Preview1;

/// <summary>
/// Moves bytes between open files and the guest's buffers. What was moved before an error counts: the error is told
/// only if nothing was moved (POSIX readv, writev).
/// </summary>
internal static class ReadWrite
{
    /// <summary>What a pipe takes in one piece (PIPE_BUF): gathered before it is written.</summary>
    private const int AtomicBytes = 4096;

    /// <summary>Bytes moved at a time: between two pieces a signal can end the process.</summary>
    private const int PieceBytes = 1 << 20;

    /// <summary>Reads at the file's offset, and writes the number of bytes to <paramref name="result"/>.</summary>
    public static Errno Read(WasiProcess process, GuestMemory memory, OpenFile file, IoVectors vectors, int result)
    {
        Errno error = file.CanRead ? Errno.None : Errno.EBADF;
        int total = 0;
        for (int i = 0; i < vectors.Count && error == Errno.None; i++)
        {
            error = Take(vectors, i, total, out Span<byte> buffer);
            if (error != Errno.None || buffer.IsEmpty)
                continue;
            if (total > 0 && !file.CanSeek && (file.Poll() & PollEvents.Readable) == 0)
                break;
            int count = 0;
            while (count < buffer.Length)
            {
                Span<byte> piece = NextPiece(process, buffer, count, total);
                error = process.Process.Read(file, piece, out int moved);
                count += moved;
                if (moved < piece.Length || (!file.CanSeek && (file.Poll() & PollEvents.Readable) == 0))
                    break;
            }

            total += count;
            if (count < buffer.Length)
                break;
        }

        return Finish(memory, result, error, total);
    }

    /// <summary>Writes at the file's offset, and the number of bytes to <paramref name="result"/>.</summary>
    public static Errno Write(WasiProcess process, GuestMemory memory, OpenFile file, IoVectors vectors, int result)
    {
        if (!file.CanWrite)
            return Errno.EBADF;
        if (vectors.Count > 1 && !file.CanSeek)
        {
            Span<byte> whole = stackalloc byte[AtomicBytes];
            int length = vectors.Gather(whole);
            if (length > 0)
            {
                Errno failure = process.Process.Write(file, whole[..length], out int written);
                return Finish(memory, result, failure, written);
            }
        }

        Errno error = Errno.None;
        int total = 0;
        for (int i = 0; i < vectors.Count && error == Errno.None; i++)
        {
            error = Take(vectors, i, total, out Span<byte> buffer);
            if (error != Errno.None || buffer.IsEmpty)
                continue;
            int count = 0;
            while (count < buffer.Length)
            {
                Span<byte> piece = NextPiece(process, buffer, count, total);
                error = process.Process.Write(file, piece, out int moved);
                count += moved;
                if (moved < piece.Length)
                    break;
            }

            total += count;
            if (count < buffer.Length)
                break;
        }

        return Finish(memory, result, error, total);
    }

    /// <summary>Reads at a given offset, and writes the number of bytes to <paramref name="result"/>.</summary>
    public static Errno ReadAt(WasiProcess process, GuestMemory memory, OpenFile file, IoVectors vectors, long offset, int result)
    {
        Errno error = !file.CanRead ? Errno.EBADF : offset < 0 ? Errno.EINVAL : Errno.None;
        int total = 0;
        for (int i = 0; i < vectors.Count && error == Errno.None; i++)
        {
            error = Take(vectors, i, total, out Span<byte> buffer);
            if (error != Errno.None)
                break;
            int count = 0;
            while (count < buffer.Length)
            {
                Span<byte> piece = NextPiece(process, buffer, count, total);
                error = file.ReadAt(piece, offset + total + count, out int moved);
                count += moved;
                if (moved < piece.Length)
                    break;
            }

            total += count;
            if (count < buffer.Length)
                break;
        }

        return Finish(memory, result, error, total);
    }

    /// <summary>Writes at a given offset, and the number of bytes to <paramref name="result"/>.</summary>
    public static Errno WriteAt(WasiProcess process, GuestMemory memory, OpenFile file, IoVectors vectors, long offset, int result)
    {
        Errno error = !file.CanWrite ? Errno.EBADF : offset < 0 ? Errno.EINVAL : Errno.None;
        int total = 0;
        for (int i = 0; i < vectors.Count && error == Errno.None; i++)
        {
            error = Take(vectors, i, total, out Span<byte> buffer);
            if (error != Errno.None)
                break;
            int count = 0;
            while (count < buffer.Length)
            {
                Span<byte> piece = NextPiece(process, buffer, count, total);
                error = process.Process.WriteAt(file, piece, offset + total + count, out int moved);
                count += moved;
                if (moved < piece.Length)
                    break;
            }

            total += count;
            if (count < buffer.Length)
                break;
        }

        return Finish(memory, result, error, total);
    }

    /// <summary>Gives a buffer, shortened so that the sum of all still fits into the result.</summary>
    private static Errno Take(IoVectors vectors, int index, int total, out Span<byte> buffer)
    {
        if (!vectors.TryGet(index, out buffer))
            return Errno.EFAULT;
        if (buffer.Length > int.MaxValue - total)
            buffer = buffer[..(int.MaxValue - total)];
        return Errno.None;
    }

    // What is still to be moved, but no more than a piece; a signal may end the process before, unless nothing was moved yet.
    private static Span<byte> NextPiece(WasiProcess process, Span<byte> buffer, int moved, int before)
    {
        if ((moved | before) > 0 && process.Process.Attention)
            process.Process.CheckSignals();
        return buffer.Slice(moved, Math.Min(PieceBytes, buffer.Length - moved));
    }

    private static Errno Finish(GuestMemory memory, int result, Errno error, int total)
    {
        if (total == 0 && error != Errno.None)
            return error;
        return memory.TryWriteInt32(result, total) ? Errno.None : Errno.EFAULT;
    }
}
