using PSSandbox.FileSystem;
using PSSandbox.Wasm;

namespace PSSandbox.Wasi.Preview1;

/// <summary>path_open: opens a file or directory (openat). Whether for reading, writing or both is told by the rights asked for.</summary>
internal static class PathOpen
{
    /// <summary>The bit of <c>lookupflags</c> that has symbolic links followed.</summary>
    public const int FollowLinks = 1;

    private const int NewFileMode = 0x1b6;
    private const int Create = 1;
    private const int Directory = 2;
    private const int Exclusive = 4;
    private const int Truncate = 8;

    /// <summary>The function.</summary>
    public static ImportFunction Function { get; } = new("path_open", "iiiiiIIii", Call, mayBlock: true);

    private static Errno Call(WasiProcess process, GuestMemory memory, ReadOnlySpan<WasmValue> arguments)
    {
        Errno error = process.PathsAt(arguments[0].I32, out PathContext context);
        if (error != Errno.None)
            return error;
        error = memory.ReadPath(arguments[2].I32, arguments[3].I32, ref process.PathBuffer, out ReadOnlySpan<char> path);
        if (error != Errno.None)
            return error;
        int flags = arguments[7].I32;
        int create = arguments[4].I32;
        if ((flags & ~DescriptorStatus.AllFlags) != 0 || (create & ~15) != 0)
            return Errno.EINVAL;
        long rights = arguments[5].I64;
        bool read = (rights & (DescriptorStatus.RightRead | DescriptorStatus.RightReadDirectory)) != 0;
        bool write = (rights & DescriptorStatus.RightWrite) != 0;
        if (write && (create & Directory) != 0)
            return Errno.EISDIR;
        OpenFlags open = !write ? OpenFlags.ReadOnly : read ? OpenFlags.ReadWrite : OpenFlags.WriteOnly;
        open |= DescriptorStatus.OpenFlagsOf(flags);
        if ((create & Create) != 0)
            open |= OpenFlags.Create;
        if ((create & Directory) != 0)
            open |= OpenFlags.Directory;
        if ((create & Exclusive) != 0)
            open |= OpenFlags.Exclusive;
        if ((create & Truncate) != 0)
            open |= OpenFlags.Truncate;
        if ((arguments[1].I32 & FollowLinks) == 0)
            open |= OpenFlags.NoFollow;
        error = process.Process.Kernel.Files.Open(context, path, open, NewFileMode & ~process.Process.UMask, out OpenFile? file);
        if (error != Errno.None)
            return error;
        error = process.Process.Descriptors.Add(file!, out int descriptor);
        if (error != Errno.None)
        {
            file!.Release();
            return error;
        }

        return memory.TryWriteInt32(arguments[8].I32, descriptor) ? Errno.None : Errno.EFAULT;
    }
}
