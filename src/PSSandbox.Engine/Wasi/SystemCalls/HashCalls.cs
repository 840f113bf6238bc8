using System.Security.Cryptography;
using PSSandbox.FileSystem;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>
/// Message digests by the platform's cryptography, which has processor instructions for them that WebAssembly has not:
/// hash_open, hash_update, hash_finish. What a kernel offers for the same reason (Linux: AF_ALG).
/// </summary>
internal static class HashCalls
{
    /// <summary>Bytes between looks at signals: a fraction of a millisecond of work.</summary>
    private const int Step = 64 * 1024;

    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("hash_open", "ii", Open),
        new("hash_update", "iii", Update),
        new("hash_finish", "iii", Finish),
    ];

    private static int Open(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        if (!memory.TrySlice(arguments[0].I32, arguments[1].I32, out Span<byte> name))
            return Result(Errno.EFAULT);
        if (name.Length > ProcessHashes.LongestName)
            return Result(Errno.ENOENT);
        process.Hashes ??= new ProcessHashes();
        Errno error = process.Hashes.Open(name, out int handle);
        return error != Errno.None ? Result(error) : handle;
    }

    /// <summary>Takes bytes: how many, which are fewer than were given if a signal came (at most 2^31 - 1).</summary>
    private static int Update(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        IncrementalHash? hash = process.Hashes?.Find(arguments[0].I32);
        if (hash is null)
            return Result(Errno.EBADF);
        if (!memory.TrySlice(arguments[1].I32, arguments[2].I32, out Span<byte> data))
            return Result(Errno.EFAULT);
        int taken = 0;
        do
        {
            int step = Math.Min(Step, data.Length - taken);
            hash.AppendData(data.Slice(taken, step));
            taken += step;
        }
        while (taken < data.Length && !process.Process.Attention);
        return taken;
    }

    /// <summary>Writes the digest and ends it: its length. ERANGE if it has no room: then it stays open, unless the room is 0.</summary>
    private static int Finish(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        int handle = arguments[0].I32;
        IncrementalHash? hash = process.Hashes?.Find(handle);
        if (hash is null)
            return Result(Errno.EBADF);
        if (!memory.TrySlice(arguments[1].I32, arguments[2].I32, out Span<byte> target))
            return Result(Errno.EFAULT);
        int length = 0;
        if (!target.IsEmpty && !hash.TryGetHashAndReset(target, out length))
            return Result(Errno.ERANGE);
        process.Hashes!.Close(handle);
        return length;
    }
}
