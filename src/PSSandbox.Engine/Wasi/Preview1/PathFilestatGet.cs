using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>path_filestat_get: status of what a path names (fstatat).</summary>
internal static class PathFilestatGet
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("path_filestat_get", "iiiii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.PathsAt(arguments[0].I32, out PathContext context);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[2].I32, arguments[3].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        bool follow = (arguments[1].I32 & PathOpen.FollowLinks) != 0;
        error = process.Process.Kernel.Files.GetStatus(context, path, follow, out FileStatus status);
        return error != Errno.None ? error : FileStatusLayout.Write(memory, arguments[4].I32, status);
    }
}
