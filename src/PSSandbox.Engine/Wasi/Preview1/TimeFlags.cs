using PSSandbox.FileSystem;

namespace PSSandbox.Wasi.Preview1;

/// <summary>Preview 1's <c>fstflags</c>: which times to set, and to what.</summary>
internal static class TimeFlags
{
    private const int Access = 1;
    private const int AccessNow = 2;
    private const int Modification = 4;
    private const int ModificationNow = 8;

    /// <summary>Tells the times to set; null leaves one alone. EINVAL for flags that contradict each other.</summary>
    public static Errno Decode(int flags, long access, long modification, out long? accessTime, out long? modificationTime)
    {
        accessTime = (flags & AccessNow) != 0 ? VirtualFileSystem.Now : (flags & Access) != 0 ? access : null;
        modificationTime = (flags & ModificationNow) != 0 ? VirtualFileSystem.Now : (flags & Modification) != 0 ? modification : null;
        bool contradiction = (flags & (Access | AccessNow)) == (Access | AccessNow)
            || (flags & (Modification | ModificationNow)) == (Modification | ModificationNow);
        return contradiction || (flags & ~15) != 0 ? Errno.EINVAL : Errno.None;
    }
}
