using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_filestat_get: status of what is open (fstat).</summary>
internal static class FdFilestatGet
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_filestat_get", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        error = file.GetStatus(out FileStatus status);
        return error != Errno.None ? error : FileStatusLayout.Write(memory, arguments[1].I32, status);
    }
}
