using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>proc_exit: ends the process.</summary>
internal static class ProcExit
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("proc_exit", "i", Call, mayBlock: true, returns: false);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        throw new ProcessExitException(WaitStatus.ForExit(arguments[0].I32));
    }
}
