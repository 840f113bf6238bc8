using System.Security.Cryptography;
using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>random_get: fills a buffer with random bytes, good enough for keys.</summary>
internal static class RandomGet
{
    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("random_get", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        if (!memory.TrySlice(arguments[0].I32, arguments[1].I32, out Span<byte> buffer))
            return Errno.EFAULT;
        RandomNumberGenerator.Fill(buffer);
        return Errno.None;
    }
}
