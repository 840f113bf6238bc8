using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>path_symlink: makes a symbolic link (symlinkat); its target may be any text.</summary>
internal static class PathSymlink
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("path_symlink", "iiiii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.PathsAt(arguments[2].I32, out PathContext context);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[0].I32, arguments[1].I32, ref process.PathBuffer, out ReadOnlySpan<char> target);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[3].I32, arguments[4].I32, ref process.SecondPathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        return process.Process.Kernel.Files.MakeSymbolicLink(context, target.ToString(), path);
    }
}
