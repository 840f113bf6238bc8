using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>environ_sizes_get: tells the number of environment entries and the bytes that they take.</summary>
internal static class EnvironSizesGet
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("environ_sizes_get", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) =>
        StringVector.WriteSizes(memory, process.Environment, arguments[0].I32, arguments[1].I32);
}
