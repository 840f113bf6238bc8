using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_filestat_set_size: sets the length of an open file (ftruncate).</summary>
internal static class FdFilestatSetSize
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_filestat_set_size", "iI", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        if (arguments[1].I64 < 0 || !file.CanWrite || file.Node is not { Type: FileType.Regular } node)
            return Errno.EINVAL;
        error = process.Process.CheckFileSize(arguments[1].I64);
        return error != Errno.None ? error : node.SetStatus(new StatusChange { Size = arguments[1].I64 });
    }
}
