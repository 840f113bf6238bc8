using PSSandbox.FileSystem;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>open, faccessat.</summary>
internal static class OpenCall
{
    private const OpenFlags Known = OpenFlags.AccessMask | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoControllingTerminal
        | OpenFlags.Truncate | OpenFlags.Append | OpenFlags.NonBlocking | OpenFlags.Directory | OpenFlags.NoFollow | OpenFlags.CloseOnExec;

    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("open", "iiiii", Open, mayBlock: true),
        new("faccessat", "iiiii", Access),
    ];

    private static int Open(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Place.Take(process, memory, arguments, ref process.PathBuffer, out PathContext context, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return Result(error);
        var flags = (OpenFlags)arguments[3].I32 & Known;
        int mode = arguments[4].I32 & 0xfff & ~process.Process.UMask;
        error = process.Process.Kernel.Files.Open(context, path, flags, mode, out OpenFile? file);
        if (error != Errno.None)
            return Result(error);
        error = process.Process.Descriptors.Add(file!, out int descriptor, closeOnExec: (flags & OpenFlags.CloseOnExec) != 0);
        if (error != Errno.None)
        {
            file!.Release();
            return Result(error);
        }

        return descriptor;
    }

    private static int Access(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Place.Take(process, memory, arguments, ref process.PathBuffer, out PathContext context, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return Result(error);
        bool follow = (arguments[4].I32 & AtFlags.NoFollow) == 0;
        return Result(process.Process.Kernel.Files.Access(context, path, arguments[3].I32, follow));
    }
}
