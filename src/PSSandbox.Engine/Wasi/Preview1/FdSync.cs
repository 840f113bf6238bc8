using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_sync: what is written is as safe as it gets already (fsync). EINVAL for what is no file.</summary>
internal static class FdSync
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_sync", "i", Call);

    internal static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        return file.Node is { Type: FileType.Regular or FileType.Directory } ? Errno.None : Errno.EINVAL;
    }
}
