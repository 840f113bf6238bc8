using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_tell: tells the offset.</summary>
internal static class FdTell
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_tell", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        return FdSeek.Seek(process, memory, arguments[0].I32, 0, SeekOrigin.Current, arguments[1].I32);
    }
}
