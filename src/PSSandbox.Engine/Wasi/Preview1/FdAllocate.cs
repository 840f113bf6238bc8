using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_allocate: reserves room in a file (posix_fallocate).</summary>
internal static class FdAllocate
{
    /// <summary>Bytes reserved at a time: between two pieces a signal can end the process.</summary>
    private const long PieceBytes = 16 << 20;

    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_allocate", "iII", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        if (!file.CanWrite)
            return Errno.EBADF;
        if (arguments[1].I64 < 0 || arguments[2].I64 <= 0)
            return Errno.EINVAL;
        if (arguments[1].I64 > long.MaxValue - arguments[2].I64)
            return Errno.EFBIG;
        error = process.Process.CheckFileSize(arguments[1].I64 + arguments[2].I64);
        return error != Errno.None ? error : Allocate(process, file, arguments[1].I64, arguments[2].I64);
    }

    private static Errno Allocate(WasiProcess process, OpenFile file, long offset, long length)
    {
        if (length <= PieceBytes)
            return file.Allocate(offset, length);
        Errno error = file.GetStatus(out FileStatus before);

        // From the end on, so that a file that may not be so long is refused at once.
        for (long left = length; left > 0 && error == Errno.None;)
        {
            if (process.Process.Attention)
                process.Process.CheckSignals();
            long piece = Math.Min(PieceBytes, left);
            left -= piece;
            error = file.Allocate(offset + left, piece);
        }

        // Where there was no room for all the file is not longer than before.
        if (error != Errno.None && file.GetStatus(out FileStatus after) == Errno.None && after.Size > before.Size)
            file.Node?.SetStatus(new StatusChange { Size = before.Size });
        return error;
    }
}
