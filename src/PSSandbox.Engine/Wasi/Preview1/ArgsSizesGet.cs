using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>args_sizes_get: tells the number of arguments and the bytes that their strings take.</summary>
internal static class ArgsSizesGet
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("args_sizes_get", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) =>
        StringVector.WriteSizes(memory, process.Process.Arguments, arguments[0].I32, arguments[1].I32);
}
