using PSSandbox.FileSystem;

namespace PSSandbox.Wasi.Preview1;

/// <summary>The layout of <c>filestat</c>, 64 bytes.</summary>
internal static class FileStatusLayout
{
    private const int Size = 64;

    /// <summary>Writes it. EFAULT.</summary>
    public static Errno Write(GuestMemory memory, int address, in FileStatus status)
    {
        if (!memory.TrySlice(address, Size, out Span<byte> target))
            return Errno.EFAULT;
        var fields = new FieldWriter(target);
        fields.Int64((long)status.Device);
        fields.Int64((long)status.Inode);
        fields.Int64(DescriptorStatus.FileTypeOf(status.Type));
        fields.Int64(status.Links);
        fields.Int64(status.Size);
        fields.Int64(status.AccessTime);
        fields.Int64(status.ModificationTime);
        fields.Int64(status.ChangeTime);
        return Errno.None;
    }
}
