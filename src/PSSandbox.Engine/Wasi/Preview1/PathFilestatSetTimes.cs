using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>path_filestat_set_times: sets the times of what a path names (utimensat).</summary>
internal static class PathFilestatSetTimes
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("path_filestat_set_times", "iiiiIIi", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.PathsAt(arguments[0].I32, out PathContext context);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[2].I32, arguments[3].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        error = TimeFlags.Decode(arguments[6].I32, arguments[4].I64, arguments[5].I64, out long? access, out long? modification);
        if (error != Errno.None)
            return error;
        bool follow = (arguments[1].I32 & PathOpen.FollowLinks) != 0;
        return process.Process.Kernel.Files.SetTimes(context, path, access, modification, follow);
    }
}
