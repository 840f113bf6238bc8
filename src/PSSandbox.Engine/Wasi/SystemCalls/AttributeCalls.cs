using System.Buffers.Binary;
using PSSandbox.FileSystem;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>Modes, owners and times: fchmodat, fchownat, utimensat, umask.</summary>
internal static class AttributeCalls
{
    private const int ModeMask = 0xfff;
    private const int TimesSize = 32;
    private const long TimeNow = 0x3fffffff;
    private const long TimeOmit = 0x3ffffffe;
    private const long Second = 1_000_000_000;

    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("fchmodat", "iiiii", ChangeMode),
        new("fchownat", "iiiiii", ChangeOwner),
        new("utimensat", "iiiii", SetTimes),
        new("umask", "i", SetMask),
    ];

    private static int ChangeMode(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Place.Find(process, memory, arguments, arguments[4].I32, out Node? node);
        return Result(error != Errno.None ? error : VirtualFileSystem.ChangeMode(node!, process.Process.User, arguments[3].I32 & ModeMask));
    }

    private static int ChangeOwner(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = Place.Find(process, memory, arguments, arguments[5].I32, out Node? node);
        return Result(error != Errno.None ? error : VirtualFileSystem.ChangeOwner(node!, process.Process.User, arguments[3].I32, arguments[4].I32));
    }

    private static int SetTimes(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        long? access = VirtualFileSystem.Now;
        long? modification = VirtualFileSystem.Now;
        if (arguments[3].I32 != 0)
        {
            if (!memory.TrySlice(arguments[3].I32, TimesSize, out Span<byte> times))
                return Result(Errno.EFAULT);
            if (!TryReadTime(times, out access) || !TryReadTime(times[16..], out modification))
                return Result(Errno.EINVAL);
        }

        Errno error = Place.Find(process, memory, arguments, arguments[4].I32, out Node? node);
        return Result(error != Errno.None ? error : VirtualFileSystem.SetTimes(node!, process.Process.User, access, modification));
    }

    private static bool TryReadTime(ReadOnlySpan<byte> time, out long? nanoseconds)
    {
        long seconds = BinaryPrimitives.ReadInt64LittleEndian(time);
        long rest = BinaryPrimitives.ReadInt64LittleEndian(time[8..]);
        nanoseconds = rest == TimeNow ? VirtualFileSystem.Now : null;
        if (rest is TimeNow or TimeOmit)
            return true;
        if (rest is < 0 or >= Second)
            return false;
        seconds = Math.Clamp(seconds, -long.MaxValue / Second + 1, long.MaxValue / Second - 1);
        nanoseconds = seconds * Second + rest;
        return true;
    }

    private static int SetMask(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        int old = process.Process.UMask;
        if ((uint)arguments[0].I32 <= 0x1ff)
            process.Process.UMask = arguments[0].I32;
        return old;
    }
}
