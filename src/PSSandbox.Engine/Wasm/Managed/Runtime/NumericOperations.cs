using System.Numerics;
using System.Runtime.CompilerServices;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Numeric instructions that are no single instruction of IL. Generated code calls these; most are inlined.</summary>
internal static class NumericOperations
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static int I32Clz(int value) => BitOperations.LeadingZeroCount((uint)value);

    [MethodImpl(Inline)]
    public static int I32Ctz(int value) => BitOperations.TrailingZeroCount(value);

    [MethodImpl(Inline)]
    public static int I32Popcnt(int value) => BitOperations.PopCount((uint)value);

    [MethodImpl(Inline)]
    public static int I32Rotl(int value, int count) => (int)BitOperations.RotateLeft((uint)value, count);

    [MethodImpl(Inline)]
    public static int I32Rotr(int value, int count) => (int)BitOperations.RotateRight((uint)value, count);

    [MethodImpl(Inline)]
    public static long I64Clz(long value) => BitOperations.LeadingZeroCount((ulong)value);

    [MethodImpl(Inline)]
    public static long I64Ctz(long value) => BitOperations.TrailingZeroCount(value);

    [MethodImpl(Inline)]
    public static long I64Popcnt(long value) => BitOperations.PopCount((ulong)value);

    [MethodImpl(Inline)]
    public static long I64Rotl(long value, long count) => (long)BitOperations.RotateLeft((ulong)value, (int)count);

    [MethodImpl(Inline)]
    public static long I64Rotr(long value, long count) => (long)BitOperations.RotateRight((ulong)value, (int)count);

    [MethodImpl(Inline)]
    public static int I32DivS(int a, int b)
    {
        if (b == 0)
            Traps.DivideByZero();
        if (b == -1 && a == int.MinValue)
            Traps.IntegerOverflow();
        return a / b;
    }

    [MethodImpl(Inline)]
    public static int I32DivU(int a, int b)
    {
        if (b == 0)
            Traps.DivideByZero();
        return (int)((uint)a / (uint)b);
    }

    [MethodImpl(Inline)]
    public static int I32RemS(int a, int b)
    {
        if (b == 0)
            Traps.DivideByZero();
        return b == -1 ? 0 : a % b;
    }

    [MethodImpl(Inline)]
    public static int I32RemU(int a, int b)
    {
        if (b == 0)
            Traps.DivideByZero();
        return (int)((uint)a % (uint)b);
    }

    [MethodImpl(Inline)]
    public static long I64DivS(long a, long b)
    {
        if (b == 0)
            Traps.DivideByZero();
        if (b == -1 && a == long.MinValue)
            Traps.IntegerOverflow();
        return a / b;
    }

    [MethodImpl(Inline)]
    public static long I64DivU(long a, long b)
    {
        if (b == 0)
            Traps.DivideByZero();
        return (long)((ulong)a / (ulong)b);
    }

    [MethodImpl(Inline)]
    public static long I64RemS(long a, long b)
    {
        if (b == 0)
            Traps.DivideByZero();
        return b == -1 ? 0 : a % b;
    }

    [MethodImpl(Inline)]
    public static long I64RemU(long a, long b)
    {
        if (b == 0)
            Traps.DivideByZero();
        return (long)((ulong)a % (ulong)b);
    }

    [MethodImpl(Inline)]
    public static int ReinterpretF32(float value) => BitConverter.SingleToInt32Bits(value);

    [MethodImpl(Inline)]
    public static long ReinterpretF64(double value) => BitConverter.DoubleToInt64Bits(value);

    /// <summary>A NaN constant. Not to be inlined: the runtime's compiler folds it as a double, which quiets it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float F32Constant(int bits) => BitConverter.Int32BitsToSingle(bits);

    /// <summary>A NaN constant. Not to be inlined, so that its bits stay as they are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double F64Constant(long bits) => BitConverter.Int64BitsToDouble(bits);

    [MethodImpl(Inline)]
    public static float ReinterpretI32(int value) => BitConverter.Int32BitsToSingle(value);

    [MethodImpl(Inline)]
    public static double ReinterpretI64(long value) => BitConverter.Int64BitsToDouble(value);
}
