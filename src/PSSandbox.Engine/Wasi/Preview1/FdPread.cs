using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_pread: reads at a given offset (preadv).</summary>
internal static class FdPread
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_pread", "iiiIi", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        error = IoVectors.TryCreate(memory, arguments[1].I32, arguments[2].I32, out IoVectors vectors);
        if (error != Errno.None)
            return error;
        return ReadWrite.ReadAt(process, memory, file, vectors, arguments[3].I64, arguments[4].I32);
    }
}
