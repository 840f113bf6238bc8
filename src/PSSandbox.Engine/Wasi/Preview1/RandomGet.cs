using System.Security.Cryptography;
using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>random_get: fills a buffer with random bytes, good enough for keys.</summary>
internal static class RandomGet
{
    /// <summary>Bytes made at a time: between two pieces a signal can end the process.</summary>
    private const int PieceBytes = 1 << 20;

    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("random_get", "ii", Call);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        if (!memory.TrySlice(arguments[0].I32, arguments[1].I32, out Span<byte> buffer))
            return Errno.EFAULT;
        while (buffer.Length > PieceBytes)
        {
            RandomNumberGenerator.Fill(buffer[..PieceBytes]);
            buffer = buffer[PieceBytes..];
            if (process.Process.Attention)
                process.Process.CheckSignals();
        }

        RandomNumberGenerator.Fill(buffer);
        return Errno.None;
    }
}
