using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Address space from the operating system: reserved, then committed as it is needed, untouched pages cost nothing.</summary>
internal static class VirtualMemory
{
    private const int ProtNone = 0;
    private const int ProtReadWrite = 3;
    private const int MapPrivate = 2;
    private const int MapFixed = 0x10;
    private const int MadvDontneed = 4;
    private const uint MemCommit = 0x1000;
    private const uint MemReserve = 0x2000;
    private const uint MemDecommit = 0x4000;
    private const uint MemRelease = 0x8000;
    private const uint PageNoAccess = 1;
    private const uint PageReadWrite = 4;

    private static readonly int MapAnonymousNoReserve = OperatingSystem.IsMacOS() ? 0x1000 | 0x40 : 0x20 | 0x4000;

    /// <summary>Reserves address space that cannot be touched yet; 0 where there is none.</summary>
    public static nint Reserve(long size)
    {
        if (OperatingSystem.IsWindows())
            return VirtualAlloc(0, (nuint)size, MemReserve, PageNoAccess);
        nint address = mmap(0, (nuint)size, ProtNone, MapPrivate | MapAnonymousNoReserve, -1, 0);
        return address == -1 ? 0 : address;
    }

    /// <summary>Makes a part of a reservation usable; it is zero. False where the system has no memory.</summary>
    public static bool Commit(nint address, long size)
    {
        if (size == 0)
            return true;
        return OperatingSystem.IsWindows()
            ? VirtualAlloc(address, (nuint)size, MemCommit, PageReadWrite) != 0
            : mprotect(address, (nuint)size, ProtReadWrite) == 0;
    }

    /// <summary>Makes a committed part zero again and gives its pages back; it stays usable. False where that failed.</summary>
    public static bool Zero(nint address, long size)
    {
        if (size == 0)
            return true;
        if (OperatingSystem.IsLinux())
            return madvise(address, (nuint)size, MadvDontneed) == 0;
        if (OperatingSystem.IsWindows())
            return VirtualFree(address, (nuint)size, MemDecommit) != 0 && Commit(address, size);
        return mmap(address, (nuint)size, ProtReadWrite, MapPrivate | MapFixed | MapAnonymousNoReserve, -1, 0) == address;
    }

    /// <summary>Gives back the pages of a part and makes it unusable. False where that failed.</summary>
    public static bool Decommit(nint address, long size)
    {
        if (size == 0)
            return true;
        if (OperatingSystem.IsWindows())
            return VirtualFree(address, (nuint)size, MemDecommit) != 0;
        return mmap(address, (nuint)size, ProtNone, MapPrivate | MapFixed | MapAnonymousNoReserve, -1, 0) == address;
    }

    /// <summary>Gives a whole reservation back.</summary>
    public static void Release(nint address, long size)
    {
        if (OperatingSystem.IsWindows())
            _ = VirtualFree(address, 0, MemRelease);
        else
            _ = munmap(address, (nuint)size);
    }

    [DllImport("libc", ExactSpelling = true)]
    private static extern nint mmap(nint address, nuint length, int protection, int flags, int descriptor, long offset);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int munmap(nint address, nuint length);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int mprotect(nint address, nuint length, int protection);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int madvise(nint address, nuint length, int advice);

    [DllImport("kernel32", ExactSpelling = true)]
    private static extern nint VirtualAlloc(nint address, nuint size, uint type, uint protection);

    [DllImport("kernel32", ExactSpelling = true)]
    private static extern int VirtualFree(nint address, nuint size, uint type);
}
