using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// The alternate stack on which a thread that runs guests handles its signals. The library wants a larger one than
/// .NET gives its threads and would put its own in place for good; .NET, which frees at a thread's end only what it
/// has put there itself, would then leak its own with every thread. So each call of a guest brings a large one, from
/// a pool, and puts the former back when it ends; the library finds it large enough.
/// </summary>
internal static unsafe partial class SignalStack
{
    // What the library asks for.
    private const int StackBytes = 64 * 4096;
    private const int GuardBytes = 64 * 1024;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private static readonly Lock Gate = new();
    private static nint[] s_free = new nint[16];
    private static int s_count;

    /// <summary>Whether the library handles traps by signals on stacks of this kind; elsewhere it has other means.</summary>
    public static bool IsNeeded => OperatingSystem.IsLinux();

    /// <summary>Puts a large stack in place on this thread.</summary>
    /// <param name="former">What was there.</param>
    /// <returns>The stack, or 0 where none was to be had: the library then takes its own.</returns>
    public static nint Enter(out StackDescription former)
    {
        former = default;
        nint stack = Take();
        if (stack == 0 && (stack = Allocate()) == 0)
            return 0;
        StackDescription mine = new() { Start = stack, Size = StackBytes };
        fixed (StackDescription* before = &former)
        {
            if (SigAltStack(&mine, before) == 0)
                return stack;
        }

        Give(stack);
        return 0;
    }

    /// <summary>Puts the former stack back.</summary>
    public static void Leave(nint stack, in StackDescription former)
    {
        if (stack == 0)
            return;
        fixed (StackDescription* before = &former)
        {
            // Where the former cannot be put back, the large one stays this thread's.
            if (SigAltStack(before, null) == 0)
                Give(stack);
        }
    }

    // No collection of the core library: one of addresses would be compiled at each start.
    private static nint Take()
    {
        lock (Gate)
            return s_count > 0 ? s_free[--s_count] : 0;
    }

    private static void Give(nint stack)
    {
        lock (Gate)
        {
            if (s_count == s_free.Length)
                Array.Resize(ref s_free, 2 * s_count);
            s_free[s_count++] = stack;
        }
    }

    private static nint Allocate()
    {
        nint block = MMap(0, GuardBytes + StackBytes, 0, PrivateAnonymous, -1, 0);
        if (block == -1)
            return 0;
        if (MProtect(block + GuardBytes, StackBytes, ReadWrite) == 0)
            return block + GuardBytes;
        _ = MUnmap(block, GuardBytes + StackBytes);
        return 0;
    }

    [LibraryImport("libc", EntryPoint = "sigaltstack")]
    [SuppressGCTransition]
    private static partial int SigAltStack(StackDescription* stack, StackDescription* former);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MMap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int MProtect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MUnmap(nint address, nuint length);

    /// <summary>An alternate stack as the system describes it (<c>stack_t</c>).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct StackDescription
    {
        /// <summary>Lowest address.</summary>
        public nint Start;

        /// <summary>Whether it is in use, or switched off.</summary>
        public int Flags;

        /// <summary>Bytes.</summary>
        public nuint Size;
    }
}
