using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>
/// fd_fdstat_set_rights: rights follow from what is open, so giving some up changes nothing; asking for more is refused (ENOTCAPABLE).
/// </summary>
internal static class FdFdstatSetRights
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_fdstat_set_rights", "iII", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        (long rights, long inheriting) = DescriptorStatus.RightsOf(file);
        return (arguments[1].I64 & ~rights) != 0 || (arguments[2].I64 & ~inheriting) != 0 ? Errno.ENOTCAPABLE : Errno.None;
    }
}
