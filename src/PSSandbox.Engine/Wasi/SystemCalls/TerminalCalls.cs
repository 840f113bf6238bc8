using PSSandbox.FileSystem;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>Terminals: tcgetattr, tcsetattr, winsize.</summary>
internal static class TerminalCalls
{
    private const int AttributesSize = 60;
    private const int LastAction = 2;

    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("tcgetattr", "ii", GetAttributes),
        new("tcsetattr", "iii", SetAttributes),
        new("winsize", "ii", GetSize),
    ];

    private static Errno Find(WasiProcess process, int descriptor, out Terminal? terminal)
    {
        Errno error = process.GetFile(descriptor, out OpenFile file);
        terminal = error == Errno.None ? file.Terminal : null;
        return error != Errno.None ? error : terminal is null ? Errno.ENOTTY : Errno.None;
    }

    private static int GetAttributes(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Find(process, arguments[0].I32, out Terminal? terminal);
        if (error != Errno.None)
            return Result(error);
        if (!memory.TrySlice(arguments[1].I32, AttributesSize, out Span<byte> target))
            return Result(Errno.EFAULT);
        terminal!.GetAttributes(target);
        return 0;
    }

    private static int SetAttributes(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Find(process, arguments[0].I32, out Terminal? terminal);
        if (error != Errno.None)
            return Result(error);
        if ((uint)arguments[1].I32 > LastAction)
            return Result(Errno.EINVAL);
        if (!memory.TrySlice(arguments[2].I32, AttributesSize, out Span<byte> source))
            return Result(Errno.EFAULT);
        error = process.Process.AwaitForeground(terminal!, reads: false);
        return Result(error != Errno.None ? error : terminal!.SetAttributes(source));
    }

    private static int GetSize(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Find(process, arguments[0].I32, out Terminal? terminal);
        if (error != Errno.None)
            return Result(error);
        if (!memory.TrySlice(arguments[1].I32, 4 * sizeof(ushort), out Span<byte> target))
            return Result(Errno.EFAULT);
        (int rows, int columns) = terminal!.Size;
        var fields = new FieldWriter(target);
        fields.UInt16(rows);
        fields.UInt16(columns);
        fields.Int32(0);
        return 0;
    }
}
