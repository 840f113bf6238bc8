using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>What a directory descriptor and a path name, as most calls take them.</summary>
internal static class Place
{
    /// <summary>Takes a descriptor (below 0 for the working directory), a path's address and its length.</summary>
    /// <returns>EBADF, ENOTDIR, EFAULT, ENOENT, ENAMETOOLONG, EINVAL.</returns>
    public static Errno Take(
        WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments, ref char[] buffer, out PathContext context, out ReadOnlySpan<char> path)
    {
        context = default;
        Errno error = memory.ReadPath(arguments[1].I32, arguments[2].I32, ref buffer, out path);
        if (error != Errno.None)
            return error;
        return process.Process.PathsAt(path[0] == '/' ? -1 : arguments[0].I32, out context);
    }

    /// <summary>The open file that is meant instead of a path (AT_EMPTY_PATH); null if a path is.</summary>
    public static OpenFile? Descriptor(WasiProcess process, ReadOnlySpan<WasmValue> arguments, int flags) =>
        arguments[2].I32 == 0 && (flags & AtFlags.EmptyPath) != 0 ? process.Process.Descriptors[arguments[0].I32] : null;

    /// <summary>Finds the node that is meant, by path or descriptor.</summary>
    public static Errno Find(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments, int flags, out Node? node)
    {
        node = Descriptor(process, arguments, flags)?.Node;
        if (node is not null)
            return Errno.None;
        Errno error = Take(process, memory, arguments, ref process.PathBuffer, out PathContext context, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        return process.Process.Kernel.Files.Resolve(context, path, (flags & AtFlags.NoFollow) == 0, out node);
    }
}
