using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_advise: takes notice of how a file will be used, which changes nothing here (posix_fadvise).</summary>
internal static class FdAdvise
{
    private const int LastAdvice = 5;

    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_advise", "iIIi", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        if ((uint)arguments[3].I32 > LastAdvice || arguments[1].I64 < 0 || arguments[2].I64 < 0)
            return Errno.EINVAL;
        return file.Node is { IsDirectory: true } ? Errno.EBADF : file.CanSeek ? Errno.None : Errno.ESPIPE;
    }
}
