using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>args_get: writes the argument vector and its strings.</summary>
internal static class ArgsGet
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("args_get", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) =>
        StringVector.Write(memory, process.Process.Arguments, arguments[0].I32, arguments[1].I32);
}
