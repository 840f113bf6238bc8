using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_read: reads into several buffers (readv).</summary>
internal static class FdRead
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_read", "iiii", Call, mayBlock: true);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        error = IoVectors.TryCreate(memory, arguments[1].I32, arguments[2].I32, out IoVectors vectors);
        if (error != Errno.None)
            return error;
        return ReadWrite.Read(process, memory, file, vectors, arguments[3].I32);
    }
}
