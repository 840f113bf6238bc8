using PSSandbox.FileSystem;
using PSSandbox.Processes;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>Descriptors: dup, dup2, cloexec, pipe.</summary>
internal static class DescriptorCalls
{
    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("dup", "iii", Duplicate),
        new("dup2", "iii", DuplicateTo),
        new("cloexec", "ii", CloseOnExec),
        new("pipe", "ii", MakePipe),
    ];

    private static int Duplicate(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return Result(error);
        return Add(process, file.AddReference(), arguments[1].I32, arguments[2].I32 != 0);
    }

    private static int DuplicateTo(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.Process.Descriptors.Duplicate(arguments[0].I32, arguments[1].I32, arguments[2].I32 != 0);
        return error != Errno.None ? Result(error) : arguments[1].I32;
    }

    private static int CloseOnExec(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out _);
        if (error != Errno.None)
            return Result(error);
        DescriptorTable descriptors = process.Process.Descriptors;
        bool old = descriptors.IsCloseOnExec(arguments[0].I32);
        if (arguments[1].I32 >= 0)
            descriptors.SetCloseOnExec(arguments[0].I32, arguments[1].I32 != 0);
        return old ? 1 : 0;
    }

    private static int MakePipe(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        if (!memory.TrySlice(arguments[0].I32, 2 * sizeof(int), out Span<byte> target))
            return Result(Errno.EFAULT);
        var flags = (OpenFlags)arguments[1].I32;
        if ((flags & ~(OpenFlags.CloseOnExec | OpenFlags.NonBlocking)) != 0)
            return Result(Errno.EINVAL);
        bool closeOnExec = (flags & OpenFlags.CloseOnExec) != 0;
        Pipe.Create(out PipeReader reader, out PipeWriter writer, flags & OpenFlags.NonBlocking);
        int read = Add(process, reader, 0, closeOnExec);
        if (read < 0)
        {
            writer.Release();
            return read;
        }

        int write = Add(process, writer, 0, closeOnExec);
        if (write < 0)
        {
            process.Process.Descriptors.Close(read);
            return write;
        }

        var fields = new FieldWriter(target);
        fields.Int32(read);
        fields.Int32(write);
        return 0;
    }

    private static int Add(WasiProcess process, OpenFile file, int least, bool closeOnExec)
    {
        Errno error = process.Process.Descriptors.Add(file, out int descriptor, least, closeOnExec);
        if (error == Errno.None)
            return descriptor;
        file.Release();
        return Result(error);
    }
}
