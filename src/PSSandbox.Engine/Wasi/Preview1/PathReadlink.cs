using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>path_readlink: gives a symbolic link's target, cut where the buffer ends (readlinkat).</summary>
internal static class PathReadlink
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("path_readlink", "iiiiii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.PathsAt(arguments[0].I32, out PathContext context);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[1].I32, arguments[2].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        error = process.Process.Kernel.Files.ReadLink(context, path, out string target);
        if (error != Errno.None)
            return error;
        if (!memory.TrySlice(arguments[3].I32, arguments[4].I32, out Span<byte> buffer))
            return Errno.EFAULT;
        int length = Math.Min(target.Length, buffer.Length);
        Encoding.Latin1.GetBytes(target.AsSpan(0, length), buffer);
        return memory.TryWriteInt32(arguments[5].I32, length) ? Errno.None : Errno.EFAULT;
    }
}
