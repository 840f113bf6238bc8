using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>
/// Makes memory new again that a guest has used, at a cost that goes with what it has touched. On Linux the page table tells
/// which pages exist, in memory or swapped out; a few of them are cleared and kept, so that the next guest meets no page
/// faults; many are given back.
/// </summary>
internal static unsafe class TouchedPages
{
    private const int PageSize = 4096;
    private const int LargestScan = 4 << 20;
    private const int MaxKeptPages = 160;
    private const ulong PresentOrSwapped = 3UL << 62;
    private const ulong OfFile = 1UL << 61;

    private static readonly SafeFileHandle? PageMap = OpenPageMap();

    /// <summary>
    /// Makes <paramref name="length"/> bytes from <paramref name="start"/>, which is at the border of a page, what they
    /// were in a new memory: zero, but for the image. False where the system did not comply: then the memory must not be
    /// used again.
    /// </summary>
    public static bool Reset(nint start, long length, MemoryImage? image)
    {
        if (length > LargestScan)
            return GiveBack(start, length, image);
        if (PageMap is null || Environment.SystemPageSize != PageSize)
        {
            NativeMemory.Clear((void*)start, (nuint)length);
            image?.CopyTo(start);
            return true;
        }

        int pages = (int)((length + PageSize - 1) / PageSize);
        Span<ulong> entries = stackalloc ulong[LargestScan / PageSize];
        entries = entries[..pages];
        fixed (ulong* buffer = entries)
        {
            nint wanted = pages * sizeof(ulong);
            if (pread((int)PageMap.DangerousGetHandle(), buffer, wanted, start / PageSize * sizeof(ulong)) != wanted)
                return GiveBack(start, length, image);
        }

        int touched = 0;
        for (int i = 0; i < pages; i++)
            touched += IsTouched(entries[i]) ? 1 : 0;
        if (touched > MaxKeptPages)
            return GiveBack(start, length, image);
        for (int i = 0; i < pages; i++)
        {
            if (!IsTouched(entries[i]))
                continue;
            long offset = (long)i * PageSize;
            Span<byte> page = new((void*)(start + (nint)offset), PageSize);
            if (image is not null && offset >= image.Start && offset < image.End)
                image.Slice(offset, PageSize).CopyTo(page);
            else
                page.Clear();
        }

        return true;
    }

    // A page of the image that was not written to is still the file's.
    private static bool IsTouched(ulong entry) => (entry & PresentOrSwapped) != 0 && (entry & OfFile) == 0;

    private static bool GiveBack(nint start, long length, MemoryImage? image)
    {
        if (!VirtualMemory.Zero(start, length))
            return false;
        if (image is { IsMapped: false })
            image.CopyTo(start);
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
