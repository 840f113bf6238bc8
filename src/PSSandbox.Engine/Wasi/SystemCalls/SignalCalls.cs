using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>Signals: kill, signal, alarm.</summary>
internal static class SignalCalls
{
    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("kill", "ii", Kill),
        new("signal", "ii", SetDisposition),
        new("alarm", "i", SetAlarm),
    ];

    private static int Kill(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) =>
        Result(process.Process.Kernel.Kill(process.Process, arguments[0].I32, (Signal)arguments[1].I32));

    private static int SetDisposition(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        var signal = (Signal)arguments[0].I32;
        if ((int)signal is < 1 or >= Signals.Count || (uint)arguments[1].I32 > (uint)SignalDisposition.Catch)
            return Result(Errno.EINVAL);
        SignalDisposition old = process.Process.GetDisposition(signal);
        Errno error = process.Process.SetDisposition(signal, (SignalDisposition)arguments[1].I32);
        return error != Errno.None ? Result(error) : (int)old;
    }

    private static int SetAlarm(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        TimeSpan left = process.Process.SetAlarm(TimeSpan.FromMilliseconds((uint)arguments[0].I32));
        return (int)Math.Min(left.TotalMilliseconds, int.MaxValue);
    }
}
