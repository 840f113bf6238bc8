using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>path_link: gives a file a further name (linkat).</summary>
internal static class PathLink
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("path_link", "iiiiiii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.PathsAt(arguments[0].I32, out PathContext from);
        if (error != Errno.None)
            return error;
        error = process.PathsAt(arguments[4].I32, out PathContext to);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[2].I32, arguments[3].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[5].I32, arguments[6].I32, ref process.SecondPathBuffer, out ReadOnlySpan<char> newPath);
        if (error != Errno.None)
            return error;
        bool follow = (arguments[1].I32 & PathOpen.FollowLinks) != 0;
        return process.Process.Kernel.Files.Link(from, path, to, newPath, follow);
    }
}
