using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>path_remove_directory: removes an empty directory (unlinkat with AT_REMOVEDIR).</summary>
internal static class PathRemoveDirectory
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("path_remove_directory", "iii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.PathsAt(arguments[0].I32, out PathContext context);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[1].I32, arguments[2].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        return process.Process.Kernel.Files.RemoveDirectory(context, path);
    }
}
