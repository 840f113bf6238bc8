using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_allocate: reserves room in a file (posix_fallocate).</summary>
internal static class FdAllocate
{
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
        return error != Errno.None ? error : file.Allocate(arguments[1].I64, arguments[2].I64);
    }
}
