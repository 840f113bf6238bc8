using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>environ_get: writes the environment and its strings.</summary>
internal static class EnvironGet
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("environ_get", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) =>
        StringVector.Write(memory, process.Environment, arguments[0].I32, arguments[1].I32);
}
