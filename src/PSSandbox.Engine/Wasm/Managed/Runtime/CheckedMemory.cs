using System.Runtime.CompilerServices;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>
/// Checked accesses as calls, for functions so large that the just-in-time compiler would not optimise them if every
/// access was spelled out. It puts in line as many as it sees fit.
/// </summary>
internal static unsafe class CheckedMemory
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Names of the loads, in the order of their opcodes.</summary>
    public static readonly string[] Loads =
    [
        nameof(LoadI32), nameof(LoadI64), nameof(LoadF32), nameof(LoadF64), nameof(LoadI32S8),
        nameof(LoadI32U8), nameof(LoadI32S16), nameof(LoadI32U16), nameof(LoadI64S8), nameof(LoadI64U8),
        nameof(LoadI64S16), nameof(LoadI64U16), nameof(LoadI64S32), nameof(LoadI64U32),
    ];

    /// <summary>Names of the stores, in the order of their opcodes.</summary>
    public static readonly string[] Stores =
    [
        nameof(StoreI32), nameof(StoreI64), nameof(StoreF32), nameof(StoreF64), nameof(StoreI32As8),
        nameof(StoreI32As16), nameof(StoreI64As8), nameof(StoreI64As16), nameof(StoreI64As32),
    ];

    [MethodImpl(Inline)]
    public static int LoadI32(int address, int offset, nint memory) => *(int*)At(address, offset, 4, memory);

    [MethodImpl(Inline)]
    public static long LoadI64(int address, int offset, nint memory) => *(long*)At(address, offset, 8, memory);

    [MethodImpl(Inline)]
    public static float LoadF32(int address, int offset, nint memory) => *(float*)At(address, offset, 4, memory);

    [MethodImpl(Inline)]
    public static double LoadF64(int address, int offset, nint memory) => *(double*)At(address, offset, 8, memory);

    [MethodImpl(Inline)]
    public static int LoadI32S8(int address, int offset, nint memory) => *(sbyte*)At(address, offset, 1, memory);

    [MethodImpl(Inline)]
    public static int LoadI32U8(int address, int offset, nint memory) => *(byte*)At(address, offset, 1, memory);

    [MethodImpl(Inline)]
    public static int LoadI32S16(int address, int offset, nint memory) => *(short*)At(address, offset, 2, memory);

    [MethodImpl(Inline)]
    public static int LoadI32U16(int address, int offset, nint memory) => *(ushort*)At(address, offset, 2, memory);

    [MethodImpl(Inline)]
    public static long LoadI64S8(int address, int offset, nint memory) => *(sbyte*)At(address, offset, 1, memory);

    [MethodImpl(Inline)]
    public static long LoadI64U8(int address, int offset, nint memory) => *(byte*)At(address, offset, 1, memory);

    [MethodImpl(Inline)]
    public static long LoadI64S16(int address, int offset, nint memory) => *(short*)At(address, offset, 2, memory);

    [MethodImpl(Inline)]
    public static long LoadI64U16(int address, int offset, nint memory) => *(ushort*)At(address, offset, 2, memory);

    [MethodImpl(Inline)]
    public static long LoadI64S32(int address, int offset, nint memory) => *(int*)At(address, offset, 4, memory);

    [MethodImpl(Inline)]
    public static long LoadI64U32(int address, int offset, nint memory) => *(uint*)At(address, offset, 4, memory);

    [MethodImpl(Inline)]
    public static void StoreI32(int address, int value, int offset, nint memory) => *(int*)At(address, offset, 4, memory) = value;

    [MethodImpl(Inline)]
    public static void StoreI64(int address, long value, int offset, nint memory) => *(long*)At(address, offset, 8, memory) = value;

    [MethodImpl(Inline)]
    public static void StoreF32(int address, float value, int offset, nint memory) => *(float*)At(address, offset, 4, memory) = value;

    [MethodImpl(Inline)]
    public static void StoreF64(int address, double value, int offset, nint memory) => *(double*)At(address, offset, 8, memory) = value;

    [MethodImpl(Inline)]
    public static void StoreI32As8(int address, int value, int offset, nint memory) => *(byte*)At(address, offset, 1, memory) = (byte)value;

    [MethodImpl(Inline)]
    public static void StoreI32As16(int address, int value, int offset, nint memory) => *(short*)At(address, offset, 2, memory) = (short)value;

    [MethodImpl(Inline)]
    public static void StoreI64As8(int address, long value, int offset, nint memory) => *(byte*)At(address, offset, 1, memory) = (byte)value;

    [MethodImpl(Inline)]
    public static void StoreI64As16(int address, long value, int offset, nint memory) => *(short*)At(address, offset, 2, memory) = (short)value;

    [MethodImpl(Inline)]
    public static void StoreI64As32(int address, long value, int offset, nint memory) => *(int*)At(address, offset, 4, memory) = (int)value;

    [MethodImpl(Inline)]
    private static nint At(int address, int offset, int size, nint memory)
    {
        if ((ulong)(uint)address + (uint)offset + (uint)size > *(ulong*)(memory + Context.MemoryLength))
            Traps.MemoryOutOfBounds();
        return memory + (nint)(uint)address + offset;
    }
}
