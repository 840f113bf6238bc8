using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_seek: sets the offset (lseek); whence is set 0, cur 1, end 2.</summary>
internal static class FdSeek
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_seek", "iIii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        if ((uint)arguments[2].I32 > 2)
            return Errno.EINVAL;
        return Seek(process, memory, arguments[0].I32, arguments[1].I64, (SeekOrigin)arguments[2].I32, arguments[3].I32);
    }

    /// <summary>Sets a descriptor's offset and writes the new one to <paramref name="result"/>. ESPIPE, EINVAL, EFAULT, EBADF for a directory.</summary>
    internal static Errno Seek(WasiProcess process, GuestMemory memory, int descriptor, long offset, SeekOrigin origin, int result)
    {
        Errno error = process.GetFile(descriptor, out OpenFile file);
        if (error != Errno.None)
            return error;
        if (file.Node is { IsDirectory: true })
            return Errno.EBADF;
        error = file.Seek(offset, origin, out long position);
        if (error != Errno.None)
            return error;
        return memory.TryWriteInt64(result, position) ? Errno.None : Errno.EFAULT;
    }
}
