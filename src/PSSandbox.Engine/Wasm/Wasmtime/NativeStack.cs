using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// How much stack the current thread has left. The library bounds what a guest uses from where it is called, but does
/// not know where the thread's stack ends; running over that end would take the process down.
/// </summary>
internal static unsafe partial class NativeStack
{
    // Lowest address of this thread's stack; 0 not yet asked for, Unknown where the system does not tell.
    private static readonly nuint Unknown = nuint.MaxValue;

    [ThreadStatic]
    private static nuint t_lowest;

    /// <summary>Whether the current thread certainly has this many bytes of stack left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool HasRoom(nuint bytes)
    {
        nuint lowest = t_lowest;
        if (lowest == 0)
            t_lowest = lowest = FindLowest();
        byte here;
        nuint pointer = (nuint)(&here);
        return lowest != Unknown && pointer > lowest && pointer - lowest >= bytes;
    }

    private static nuint FindLowest()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                GetCurrentThreadStackLimits(out nuint low, out _);
                return low;
            }

            if (OperatingSystem.IsMacOS())
            {
                nint self = PthreadSelf();
                return PthreadGetStackAddress(self) - PthreadGetStackSize(self);
            }

            // pthread_attr_t has 56 bytes on most platforms and 64 on some.
            ulong* attributes = stackalloc ulong[16];
            if (PthreadGetAttributes(PthreadSelf(), attributes) != 0)
                return Unknown;
            nuint address, size;
            int error = PthreadAttributesGetStack(attributes, &address, &size);
            _ = PthreadAttributesDestroy(attributes);
            return error == 0 ? address : Unknown;
        }
        catch (EntryPointNotFoundException)
        {
            return Unknown;
        }
    }

    [LibraryImport("kernel32")]
    private static partial void GetCurrentThreadStackLimits(out nuint low, out nuint high);

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint PthreadSelf();

    [LibraryImport("libc", EntryPoint = "pthread_getattr_np")]
    private static partial int PthreadGetAttributes(nint thread, ulong* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_attr_getstack")]
    private static partial int PthreadAttributesGetStack(ulong* attributes, nuint* address, nuint* size);

    [LibraryImport("libc", EntryPoint = "pthread_attr_destroy")]
    private static partial int PthreadAttributesDestroy(ulong* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_get_stackaddr_np")]
    private static partial nuint PthreadGetStackAddress(nint thread);

    [LibraryImport("libc", EntryPoint = "pthread_get_stacksize_np")]
    private static partial nuint PthreadGetStackSize(nint thread);
}
