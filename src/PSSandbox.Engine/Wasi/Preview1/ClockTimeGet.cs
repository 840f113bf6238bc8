using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>clock_time_get: reads a clock; the precision asked for is always met.</summary>
internal static class ClockTimeGet
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("clock_time_get", "iIi", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = WasiClock.Read(process.Process, arguments[0].I32, out long nanoseconds);
        if (error != Errno.None)
            return error;
        return memory.TryWriteInt64(arguments[2].I32, nanoseconds) ? Errno.None : Errno.EFAULT;
    }
}
