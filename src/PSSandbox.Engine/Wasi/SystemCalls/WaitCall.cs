using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>waitpid: waits for a child.</summary>
internal static class WaitCall
{
    private const int NoHang = 1;
    private const int Untraced = 2;

    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } = [new("waitpid", "iii", Wait)];

    private static int Wait(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        int pid = arguments[0].I32;
        int address = arguments[1].I32;
        int options = arguments[2].I32;
        if ((options & ~(NoHang | Untraced)) != 0)
            return Result(Errno.EINVAL);
        if (address != 0 && !memory.TrySlice(address, sizeof(int), out _))
            return Result(Errno.EFAULT);
        process.PrepareToWait(pid, endOnly: options == 0);
        Errno error = process.Process.Wait(pid, (WaitOptions)options, out Process? child, out WaitStatus status);
        if (error != Errno.None)
            return Result(error);
        if (child is null)
            return 0;
        if (!status.Stopped)
            process.ChildWaitedFor();
        if (address != 0)
            memory.TryWriteInt32(address, status.Encoded);
        return child.Id;
    }
}
