using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_prestat_get: tells of a preopened directory; EBADF for any other descriptor, by which programs find the last.</summary>
internal static class FdPrestatGet
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_prestat_get", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        if (process.Preopens[arguments[0].I32] is not { } name)
            return Errno.EBADF;
        int result = arguments[1].I32;
        return memory.TryWriteInt32(result, 0) && memory.TryWriteInt32(result + 4, name.Length) ? Errno.None : Errno.EFAULT;
    }
}
