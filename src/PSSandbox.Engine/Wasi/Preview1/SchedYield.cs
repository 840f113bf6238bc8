using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>sched_yield: lets others run.</summary>
internal static class SchedYield
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("sched_yield", "", Call, mayBlock: true);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Thread.Yield();
        return Errno.None;
    }
}
