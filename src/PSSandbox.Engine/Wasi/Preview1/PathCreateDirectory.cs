using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>path_create_directory: makes a directory (mkdirat) with mode 0777 less the mask.</summary>
internal static class PathCreateDirectory
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("path_create_directory", "iii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.PathsAt(arguments[0].I32, out PathContext context);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[1].I32, arguments[2].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        return process.Process.Kernel.Files.MakeDirectory(context, path, 0x1ff & ~process.Process.UMask);
    }
}
