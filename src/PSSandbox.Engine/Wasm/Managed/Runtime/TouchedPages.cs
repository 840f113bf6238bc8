using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>
/// Makes memory zero that a guest has used, at a cost that goes with what it has touched. On Linux the page table tells
/// which pages exist, in memory or swapped out; a few of them are cleared and kept, so that the next guest meets no page
/// faults; many are given back.
/// </summary>
internal static unsafe class TouchedPages
{
    private const int PageSize = 4096;
    private const int LargestScan = 4 << 20;
    private const int MaxKeptPages = 160;
    private const ulong PresentOrSwapped = 3UL << 62;

    private static readonly SafeFileHandle? PageMap = OpenPageMap();

    /// <summary>
    /// Clears <paramref name="length"/> bytes from <paramref name="start"/>, which is at the border of a page, but for a
    /// part that the caller will overwrite. False where the system did not comply: then the memory must not be used again.
    /// </summary>
    public static bool Clear(nint start, long length, long skipFrom, long skipTo)
    {
        if (length > LargestScan)
            return VirtualMemory.Zero(start, length);
        if (PageMap is null || Environment.SystemPageSize != PageSize)
        {
            NativeMemory.Clear((void*)start, (nuint)length);
            return true;
        }

        int pages = (int)((length + PageSize - 1) / PageSize);
        Span<ulong> entries = stackalloc ulong[LargestScan / PageSize];
        entries = entries[..pages];
        fixed (ulong* buffer = entries)
        {
            nint wanted = pages * sizeof(ulong);
            if (pread((int)PageMap.DangerousGetHandle(), buffer, wanted, start / PageSize * sizeof(ulong)) != wanted)
                return VirtualMemory.Zero(start, length);
        }

        int touched = 0;
        for (int i = 0; i < pages; i++)
            touched += (entries[i] & PresentOrSwapped) != 0 ? 1 : 0;
        if (touched > MaxKeptPages)
            return VirtualMemory.Zero(start, length);
        for (int i = 0; i < pages; i++)
        {
            long from = (long)i * PageSize;
            if ((entries[i] & PresentOrSwapped) != 0 && (from < skipFrom || from + PageSize > skipTo))
                NativeMemory.Clear((void*)(start + (nint)from), PageSize);
        }

        return true;
    }

    private static SafeFileHandle? OpenPageMap()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return File.OpenHandle("/proc/self/pagemap");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", ExactSpelling = true)]
    private static extern nint pread(int descriptor, void* buffer, nint count, long offset);
}
