using System.Text;
using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>fd_readdir: fills a buffer with directory entries from a cookie on. The last is cut where the buffer ends, so that a full buffer means there is more.</summary>
internal static class FdReaddir
{
    private const int HeaderSize = 24;

    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("fd_readdir", "iiiIi", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        if (!memory.TrySlice(arguments[1].I32, arguments[2].I32, out Span<byte> buffer))
            return Errno.EFAULT;
        long cookie = arguments[3].I64;
        Span<byte> header = stackalloc byte[HeaderSize];
        int used = 0;
        while (used < buffer.Length)
        {
            if (process.Process.Attention)
                process.Process.CheckSignals();
            error = file.ReadDirectory(ref cookie, out DirectoryEntry? entry);
            if (error != Errno.None)
                return error;
            if (entry is not { } found)
                break;
            var fields = new FieldWriter(header);
            fields.Int64(cookie);
            fields.Int64((long)found.Inode);
            fields.Int32(found.Name.Length);
            fields.Int32(DescriptorStatus.FileTypeOf(found.Type));
            int take = Math.Min(HeaderSize, buffer.Length - used);
            header[..take].CopyTo(buffer[used..]);
            used += take;
            take = Math.Min(found.Name.Length, buffer.Length - used);
            Encoding.Latin1.GetBytes(found.Name.AsSpan(0, take), buffer[used..]);
            used += take;
        }

        return memory.TryWriteInt32(arguments[4].I32, used) ? Errno.None : Errno.EFAULT;
    }
}
