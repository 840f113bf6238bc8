using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_fdstat_get: type, flags and rights of a descriptor, in 24 bytes.</summary>
internal static class FdFdstatGet
{
    private const int Size = 24;

    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_fdstat_get", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        if (!memory.TrySlice(arguments[1].I32, Size, out Span<byte> status))
            return Errno.EFAULT;
        (long rights, long inheriting) = DescriptorStatus.RightsOf(file);
        var fields = new FieldWriter(status);
        fields.UInt16(DescriptorStatus.FileTypeOf(file));
        fields.UInt16(DescriptorStatus.FlagsOf(file));
        fields.Int32(0);
        fields.Int64(rights);
        fields.Int64(inheriting);
        return Errno.None;
    }
}
