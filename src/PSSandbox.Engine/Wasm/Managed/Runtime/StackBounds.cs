using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>How far down a guest may take the stack of the current thread.</summary>
internal static unsafe class StackBounds
{
    /// <summary>The most stack that one guest may use where its limits name nothing else.</summary>
    public const int DefaultBudget = 2 << 20;

    /// <summary>What a guest has without asking (<see cref="WasmLimits.OnDeepen"/>), in bytes.</summary>
    public const ulong Unasked = 16 << 10;

    /// <summary>What it then gets at once, at the least.</summary>
    public const ulong Step = 64 << 10;

    private const int SmallestReserve = 192 << 10;
    private const int LargestReserve = 1 << 20;

    // Where the system does not tell: no more than is certain to be there.
    private const int BudgetOfUnknownStack = 96 << 10;

    [ThreadStatic]
    private static ulong _lowest;

    /// <summary>
    /// The lowest stack pointer that a guest may have which begins at <paramref name="stackPointer"/>. Below it is room
    /// for host functions, for the just-in-time compiler, and for unwinding.
    /// </summary>
    public static ulong LimitFor(ulong stackPointer, int budget)
    {
        if (_lowest == 0)
            _lowest = FindLowest(stackPointer);
        ulong limit = stackPointer - (ulong)(budget > 0 ? budget : DefaultBudget);
        if (limit > stackPointer)
            limit = 0;
        return Math.Max(limit, _lowest);
    }

    private static ulong FindLowest(ulong stackPointer)
    {
        try
        {
            (ulong low, ulong size) = Query();
            if (low != 0 && stackPointer > low && stackPointer - low <= size)
                return low + Math.Clamp(size / 4, SmallestReserve, LargestReserve);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // No such function: an unknown system.
        }

        return RuntimeHelpers.TryEnsureSufficientExecutionStack() ? stackPointer - BudgetOfUnknownStack : stackPointer;
    }

    private static (ulong Low, ulong Size) Query()
    {
        if (OperatingSystem.IsWindows())
        {
            GetCurrentThreadStackLimits(out nuint low, out nuint high);
            return (low, high - low);
        }

        nint self = pthread_self();
        if (OperatingSystem.IsMacOS())
        {
            ulong size = pthread_get_stacksize_np(self);
            return (pthread_get_stackaddr_np(self) - size, size);
        }

        // An attribute object is at most 64 bytes on the systems known.
        byte* attributes = stackalloc byte[512];
        if (pthread_getattr_np(self, attributes) != 0)
            return default;
        nuint address;
        nuint length;
        int error = pthread_attr_getstack(attributes, &address, &length);
        _ = pthread_attr_destroy(attributes);
        return error == 0 ? (address, length) : default;
    }

    [DllImport("libc", ExactSpelling = true)]
    private static extern nint pthread_self();

    [DllImport("libc", ExactSpelling = true)]
    private static extern int pthread_getattr_np(nint thread, byte* attributes);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int pthread_attr_getstack(byte* attributes, nuint* address, nuint* size);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int pthread_attr_destroy(byte* attributes);

    [DllImport("libc", ExactSpelling = true)]
    private static extern nuint pthread_get_stackaddr_np(nint thread);

    [DllImport("libc", ExactSpelling = true)]
    private static extern nuint pthread_get_stacksize_np(nint thread);

    [DllImport("kernel32", ExactSpelling = true)]
    private static extern void GetCurrentThreadStackLimits(out nuint low, out nuint high);
}
