using PSSandbox.FileSystem;
using PSSandbox.Wasm;
using static PSSandbox.Wasi.SystemCalls.Functions;

namespace PSSandbox.Wasi.SystemCalls;

/// <summary>fstatat and statfs: status with everything that preview 1 leaves out.</summary>
internal static class StatusCalls
{
    private const int StatusSize = 112;
    private const int FileSystemStatusSize = 64;
    private const int PreferredBlock = 4096;
    private const int Block = 512;
    private const long Second = 1_000_000_000;

    /// <summary>The functions.</summary>
    public static ImportFunction[] All { get; } =
    [
        new("fstatat", "iiiii", GetStatus),
        new("statfs", "iii", GetFileSystemStatus),
    ];

    private static int GetStatus(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        int flags = arguments[3].I32;
        FileStatus status;
        Errno error;
        if (Place.Descriptor(process, arguments, flags) is { } file)
        {
            error = file.GetStatus(out status);
        }
        else
        {
            error = Place.Take(process, memory, arguments, ref process.PathBuffer, out PathContext context, out ReadOnlySpan<char> path);
            if (error != Errno.None)
                return Result(arguments[2].I32 == 0 && (flags & AtFlags.EmptyPath) != 0 ? Errno.EBADF : error);
            error = process.Process.Kernel.Files.GetStatus(context, path, (flags & AtFlags.NoFollow) == 0, out status);
        }

        if (error != Errno.None)
            return Result(error);
        if (!memory.TrySlice(arguments[4].I32, StatusSize, out Span<byte> target))
            return Result(Errno.EFAULT);
        Write(target, status);
        return 0;
    }

    private static void Write(Span<byte> target, in FileStatus status)
    {
        var fields = new FieldWriter(target);
        fields.Int64((long)status.Device);
        fields.Int64((long)status.Inode);
        fields.Int32((int)status.Type | status.Mode);
        fields.Int32(status.Links);
        fields.Int32(status.UserId);
        fields.Int32(status.GroupId);
        fields.Int64((long)status.RawDevice);
        fields.Int64(status.Size);
        fields.Int32(PreferredBlock);
        fields.Int32(0);
        fields.Int64((status.AllocatedBytes + Block - 1) / Block);
        (long access, long accessRest) = Split(status.AccessTime);
        (long modification, long modificationRest) = Split(status.ModificationTime);
        (long change, long changeRest) = Split(status.ChangeTime);
        fields.Int64(access);
        fields.Int64(modification);
        fields.Int64(change);
        fields.Int32((int)accessRest);
        fields.Int32((int)modificationRest);
        fields.Int32((int)changeRest);
        fields.Int32(0);
    }

    /// <summary>Seconds, rounded down, and the nanoseconds that are left, never negative.</summary>
    private static (long Seconds, long Nanoseconds) Split(long nanoseconds)
    {
        (long seconds, long rest) = Math.DivRem(nanoseconds, Second);
        return rest < 0 ? (seconds - 1, rest + Second) : (seconds, rest);
    }

    private static int GetFileSystemStatus(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = memory.ReadPath(arguments[0].I32, arguments[1].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error == Errno.None)
            error = process.Process.Kernel.Files.Resolve(process.Process.Paths, path, true, out Node? node) is var found && found != Errno.None
                ? found
                : WriteFileSystemStatus(memory, arguments[2].I32, node!);
        return Result(error);
    }

    private static Errno WriteFileSystemStatus(GuestMemory memory, int address, Node node)
    {
        Errno error = node.GetFileSystemStatus(out FileSystemStatus status);
        if (error != Errno.None)
            return error;
        if (!memory.TrySlice(address, FileSystemStatusSize, out Span<byte> target))
            return Errno.EFAULT;
        var fields = new FieldWriter(target);
        fields.Int64((long)status.Magic);
        fields.Int64(status.BlockSize);
        fields.Int64(status.Blocks);
        fields.Int64(status.FreeBlocks);
        fields.Int64(status.FreeBlocks);
        fields.Int64(status.Nodes);
        fields.Int64(status.FreeNodes);
        fields.Int64(VirtualFileSystem.MaxName);
        return Errno.None;
    }
}
