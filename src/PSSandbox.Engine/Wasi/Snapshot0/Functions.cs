using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Snapshot0;

/// <summary>
/// The functions of WASI snapshot 0, import module <c>wasi_unstable</c>: those of preview 1, but for five whose numbers
/// or layouts were others, and without sock_accept, which came later.
/// </summary>
internal static class Functions
{
    private static readonly ImportFunction[] Own =
    [
        new("fd_seek", "iIii", Seek),
        new("fd_filestat_get", "ii", FileStatusOfDescriptor),
        new("path_filestat_get", "iiiii", FileStatusOfPath),
        new("poll_oneoff", "iiii", Poll, mayBlock: true),
    ];

    /// <summary>All of them.</summary>
    public static ImportFunction[] All { get; } =
    [
        .. Own,
        .. Array.FindAll(Preview1.Functions.All, f => f.Name != "sock_accept" && !Array.Exists(Own, o => o.Name == f.Name)),
    ];

    /// <summary>fd_seek with whence cur 0, end 1, set 2.</summary>
    private static Errno Seek(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        if ((uint)arguments[2].I32 > 2)
            return Errno.EINVAL;
        SeekOrigin origin = arguments[2].I32 switch
        {
            0 => SeekOrigin.Current,
            1 => SeekOrigin.End,
            _ => SeekOrigin.Begin,
        };
        return Preview1.FdSeek.Seek(process, memory, arguments[0].I32, arguments[1].I64, origin, arguments[3].I32);
    }

    private static Errno FileStatusOfDescriptor(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.GetFile(arguments[0].I32, out OpenFile file);
        if (error != Errno.None)
            return error;
        error = file.GetStatus(out FileStatus status);
        return error != Errno.None ? error : WriteStatus(memory, arguments[1].I32, status);
    }

    private static Errno FileStatusOfPath(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.PathsAt(arguments[0].I32, out PathContext context);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[2].I32, arguments[3].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        bool follow = (arguments[1].I32 & Preview1.PathOpen.FollowLinks) != 0;
        error = process.Process.Kernel.Files.GetStatus(context, path, follow, out FileStatus status);
        return error != Errno.None ? error : WriteStatus(memory, arguments[4].I32, status);
    }

    /// <summary>poll_oneoff with subscriptions of 56 bytes: a clock has an identifier of its own before its number.</summary>
    private static Errno Poll(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments) =>
        Preview1.PollOneoff.Poll(process, memory, arguments, subscriptionSize: 56, clockOffset: 24);

    /// <summary>Writes the <c>filestat</c> of 56 bytes, whose link count has 32 bits.</summary>
    private static Errno WriteStatus(GuestMemory memory, int address, in FileStatus status)
    {
        const int Size = 56;
        if (!memory.TrySlice(address, Size, out Span<byte> target))
            return Errno.EFAULT;
        var fields = new FieldWriter(target);
        fields.Int64((long)status.Device);
        fields.Int64((long)status.Inode);
        fields.Int32(Preview1.DescriptorStatus.FileTypeOf(status.Type));
        fields.Int32(status.Links);
        fields.Int64(status.Size);
        fields.Int64(status.AccessTime);
        fields.Int64(status.ModificationTime);
        fields.Int64(status.ChangeTime);
        return Errno.None;
    }
}
