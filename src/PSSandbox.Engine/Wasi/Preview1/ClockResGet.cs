using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>clock_res_get: tells a clock's resolution, 100 ns for all of them.</summary>
internal static class ClockResGet
{
    private const int Nanoseconds = 100;

    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("clock_res_get", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = WasiClock.Read(process.Process, arguments[0].I32, out _);
        if (error != Errno.None)
            return error;
        return memory.TryWriteInt64(arguments[1].I32, Nanoseconds) ? Errno.None : Errno.EFAULT;
    }
}
