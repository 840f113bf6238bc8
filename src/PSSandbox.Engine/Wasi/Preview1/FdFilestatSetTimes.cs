using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_filestat_set_times: sets the times of an open file (futimens).</summary>
internal static class FdFilestatSetTimes
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_filestat_set_times", "iIIi", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        error = TimeFlags.Decode(arguments[3].I32, arguments[1].I64, arguments[2].I64, out long? access, out long? modification);
        if (error != Errno.None)
            return error;
        return file.Node is null ? Errno.EPERM : VirtualFileSystem.SetTimes(file.Node, process.Process.User, access, modification);
    }
}
