using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_close: closes a descriptor.</summary>
internal static class FdClose
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_close", "i", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        int descriptor = arguments[0].I32;
        process.Preopens.Forget(descriptor);
        return process.Process.Descriptors.Close(descriptor);
    }
}
