using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>path_rename: renames, replacing what bears the new name (renameat).</summary>
internal static class PathRename
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("path_rename", "iiiiii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.PathsAt(arguments[0].I32, out PathContext from);
        if (error != Errno.None)
            return error;
        error = process.PathsAt(arguments[3].I32, out PathContext to);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[1].I32, arguments[2].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[4].I32, arguments[5].I32, ref process.SecondPathBuffer, out ReadOnlySpan<char> newPath);
        if (error != Errno.None)
            return error;
        return process.Process.Kernel.Files.Rename(from, path, to, newPath);
    }
}
