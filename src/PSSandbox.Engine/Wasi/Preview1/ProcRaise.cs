using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>proc_raise: sends the process a signal (raise). Preview 1 has no SIGSTKFLT, so its numbers from 16 on are one less than the kernel's.</summary>
internal static class ProcRaise
{
    private const int LastSignal = 30;

    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("proc_raise", "i", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        int number = arguments[0].I32;
        if ((uint)number > LastSignal)
            return Errno.EINVAL;
        process.Process.Deliver((Signal)(number < 16 ? number : number + 1));
        return Errno.None;
    }
}
