using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>The working directory: chdir, fchdir, getcwd.</summary>
internal static class DirectoryCalls
{
    private const int Search = 1;

    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("chdir", "ii", Change),
        new("fchdir", "i", ChangeToDescriptor),
        new("getcwd", "ii", Get),
    ];

    private static int Change(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = memory.ReadPath(arguments[0].I32, arguments[1].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return Result(error);
        error = process.Process.Kernel.Files.Resolve(process.Process.Paths, path, true, out Node? node);
        return Result(error != Errno.None ? error : Enter(process, node!));
    }

    private static int ChangeToDescriptor(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return Result(error);
        return Result(file.Node is null ? Errno.ENOTDIR : Enter(process, file.Node));
    }

    private static Errno Enter(WasiProcess process, Node node)
    {
        if (!node.IsDirectory)
            return Errno.ENOTDIR;
        Errno error = node.GetStatus(out FileStatus status);
        if (error != Errno.None)
            return error;
        if (!VirtualFileSystem.Permits(status, process.Process.User, Search))
            return Errno.EACCES;
        process.Process.WorkingDirectory = node;
        return Errno.None;
    }

    private static int Get(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        string path = process.Process.Kernel.Files.PathOf(process.Process.WorkingDirectory, process.Process.Root);
        if (path.Length == 0)
            return Result(Errno.ENOENT);
        if (!memory.TrySlice(arguments[0].I32, arguments[1].I32, out Span<byte> buffer))
            return Result(Errno.EFAULT);
        if (path.Length > buffer.Length)
            return Result(Errno.ERANGE);
        Encoding.Latin1.GetBytes(path, buffer);
        return path.Length;
    }
}
