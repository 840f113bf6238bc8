using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_fdstat_set_flags: sets append and non-blocking (F_SETFL).</summary>
internal static class FdFdstatSetFlags
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_fdstat_set_flags", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        int flags = arguments[1].I32;
        if ((flags & ~DescriptorStatus.AllFlags) != 0)
            return Errno.EINVAL;
        file.Flags = file.Flags & ~DescriptorStatus.AllOpenFlags | DescriptorStatus.OpenFlagsOf(flags);
        return Errno.None;
    }
}
