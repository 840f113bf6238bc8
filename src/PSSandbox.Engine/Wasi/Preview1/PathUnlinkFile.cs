using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>path_unlink_file: removes a name that is no directory's (unlinkat).</summary>
internal static class PathUnlinkFile
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("path_unlink_file", "iii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.PathsAt(arguments[0].I32, out PathContext context);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[1].I32, arguments[2].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        return process.Process.Kernel.Files.Remove(context, path);
    }
}
