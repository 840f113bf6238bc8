using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>Making, moving and removing names: mkdirat, mknodat, unlinkat, renameat, linkat, symlinkat, readlinkat.</summary>
internal static class NameCalls
{
    private const int TypeMask = 0xf000;
    private const int ModeMask = 0xfff;

    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("mkdirat", "iiii", MakeDirectory),
        new("mknodat", "iiiiI", MakeNode),
        new("unlinkat", "iiii", Remove),
        new("renameat", "iiiiii", Rename),
        new("linkat", "iiiiiii", Link),
        new("symlinkat", "iiiii", MakeSymbolicLink),
        new("readlinkat", "iiiii", ReadLink),
    ];

    private static int MakeDirectory(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Place.Take(process, memory, arguments, ref process.PathBuffer, out PathContext context, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return Result(error);
        return Result(process.Process.Kernel.Files.MakeDirectory(context, path, arguments[3].I32 & ModeMask & ~process.Process.UMask));
    }

    private static int MakeNode(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Place.Take(process, memory, arguments, ref process.PathBuffer, out PathContext context, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return Result(error);
        int type = arguments[3].I32 & TypeMask;
        int mode = arguments[3].I32 & ModeMask & ~process.Process.UMask;
        FileType kind = type == 0 ? FileType.Regular : (FileType)type;
        return Result(process.Process.Kernel.Files.MakeNode(context, path, kind, mode, (ulong)arguments[4].I64));
    }

    private static int Remove(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Place.Take(process, memory, arguments, ref process.PathBuffer, out PathContext context, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return Result(error);
        VirtualFileSystem files = process.Process.Kernel.Files;
        bool directory = (arguments[3].I32 & AtFlags.RemoveDirectory) != 0;
        return Result(directory ? files.RemoveDirectory(context, path) : files.Remove(context, path));
    }

    private static int Rename(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Place.Take(process, memory, arguments, ref process.PathBuffer, out PathContext from, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return Result(error);
        error = Place.Take(process, memory, arguments[3..], ref process.SecondPathBuffer, out PathContext to, out ReadOnlySpan<char> newPath);
        if (error != Errno.None)
            return Result(error);
        return Result(process.Process.Kernel.Files.Rename(from, path, to, newPath));
    }

    private static int Link(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Place.Take(process, memory, arguments, ref process.PathBuffer, out PathContext from, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return Result(error);
        error = Place.Take(process, memory, arguments[3..], ref process.SecondPathBuffer, out PathContext to, out ReadOnlySpan<char> newPath);
        if (error != Errno.None)
            return Result(error);
        bool follow = (arguments[6].I32 & AtFlags.Follow) != 0;
        return Result(process.Process.Kernel.Files.Link(from, path, to, newPath, follow));
    }

    private static int MakeSymbolicLink(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = memory.ReadPath(arguments[0].I32, arguments[1].I32, ref process.SecondPathBuffer, out ReadOnlySpan<char> target);
        if (error != Errno.None)
            return Result(error);
        error = Place.Take(process, memory, arguments[2..], ref process.PathBuffer, out PathContext context, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return Result(error);
        return Result(process.Process.Kernel.Files.MakeSymbolicLink(context, target.ToString(), path));
    }

    private static int ReadLink(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Place.Take(process, memory, arguments, ref process.PathBuffer, out PathContext context, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return Result(error);
        error = process.Process.Kernel.Files.ReadLink(context, path, out string target);
        if (error != Errno.None)
            return Result(error);
        if (!memory.TrySlice(arguments[3].I32, arguments[4].I32, out Span<byte> buffer))
            return Result(Errno.EFAULT);
        int length = Math.Min(target.Length, buffer.Length);
        Encoding.Latin1.GetBytes(target.AsSpan(0, length), buffer);
        return length;
    }
}
