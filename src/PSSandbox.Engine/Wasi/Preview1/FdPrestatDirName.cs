using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_prestat_dir_name: gives the name of a preopened directory.</summary>
internal static class FdPrestatDirName
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_prestat_dir_name", "iii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        if (process.Preopens[arguments[0].I32] is not { } name)
            return Errno.EBADF;
        if ((uint)arguments[2].I32 < (uint)name.Length)
            return Errno.ENAMETOOLONG;
        if (!memory.TrySlice(arguments[1].I32, name.Length, out Span<byte> target))
            return Errno.EFAULT;
        Encoding.Latin1.GetBytes(name, target);
        return Errno.None;
    }
}
