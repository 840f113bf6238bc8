using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PSSandbox.Processes;

/// <summary>How much stack the calling thread has left: a guest may run on it only where there is plenty.</summary>
internal static unsafe partial class ThreadStack
{
    /// <summary>What a guest is to find, in bytes.</summary>
    private const long Enough = 6 << 20;

    [ThreadStatic]
    private static nint _lowest;

    [ThreadStatic]
    private static bool _asked;

    /// <summary>About where the calling thread's stack pointer is.</summary>
    public static nuint Here
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            byte here;
            return (nuint)(&here);
        }
    }

    /// <summary>Whether a guest may run on this thread. False where it cannot be known.</summary>
    public static bool IsDeep
    {
        get
        {
            if (!_asked)
            {
                _asked = true;
                _lowest = OperatingSystem.IsLinux() ? LowestAddress() : 0;
            }

            byte here;
            return _lowest != 0 && (nint)(&here) - _lowest > Enough;
        }
    }

    private static nint LowestAddress()
    {
        byte* attributes = stackalloc byte[256];
        if (pthread_getattr_np(pthread_self(), attributes) != 0)
            return 0;
        int error = pthread_attr_getstack(attributes, out nint address, out _);
        _ = pthread_attr_destroy(attributes);
        return error == 0 ? address : 0;
    }

    [LibraryImport("libc")]
    private static partial nint pthread_self();

    [LibraryImport("libc")]
    private static partial int pthread_getattr_np(nint thread, byte* attributes);

    [LibraryImport("libc")]
    private static partial int pthread_attr_getstack(byte* attributes, out nint address, out nuint size);

    [LibraryImport("libc")]
    private static partial int pthread_attr_destroy(byte* attributes);
}
