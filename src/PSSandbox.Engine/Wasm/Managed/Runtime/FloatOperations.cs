using System.Runtime.CompilerServices;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Instructions on floats that are no single instruction of IL, with the specification's NaN and zero rules.</summary>
internal static class FloatOperations
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static float F32Abs(float value) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) & int.MaxValue);

    [MethodImpl(Inline)]
    public static float F32Neg(float value) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) ^ int.MinValue);

    [MethodImpl(Inline)]
    public static float F32Ceil(float value) => MathF.Ceiling(value);

    [MethodImpl(Inline)]
    public static float F32Floor(float value) => MathF.Floor(value);

    [MethodImpl(Inline)]
    public static float F32Trunc(float value) => MathF.Truncate(value);

    [MethodImpl(Inline)]
    public static float F32Nearest(float value) => MathF.Round(value, MidpointRounding.ToEven);

    [MethodImpl(Inline)]
    public static float F32Sqrt(float value) => MathF.Sqrt(value);

    [MethodImpl(Inline)]
    public static float F32Copysign(float value, float sign) => BitConverter.Int32BitsToSingle(
        (BitConverter.SingleToInt32Bits(value) & int.MaxValue) | (BitConverter.SingleToInt32Bits(sign) & int.MinValue));

    public static float F32Min(float a, float b)
    {
        if (a < b)
            return a;
        if (b < a)
            return b;
        return a == b
            ? BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a) | BitConverter.SingleToInt32Bits(b))
            : a + b;
    }

    public static float F32Max(float a, float b)
    {
        if (a > b)
            return a;
        if (b > a)
            return b;
        return a == b
            ? BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a) & BitConverter.SingleToInt32Bits(b))
            : a + b;
    }

    [MethodImpl(Inline)]
    public static double F64Abs(double value) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) & long.MaxValue);

    [MethodImpl(Inline)]
    public static double F64Neg(double value) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) ^ long.MinValue);

    [MethodImpl(Inline)]
    public static double F64Ceil(double value) => Math.Ceiling(value);

    [MethodImpl(Inline)]
    public static double F64Floor(double value) => Math.Floor(value);

    [MethodImpl(Inline)]
    public static double F64Trunc(double value) => Math.Truncate(value);

    [MethodImpl(Inline)]
    public static double F64Nearest(double value) => Math.Round(value, MidpointRounding.ToEven);

    [MethodImpl(Inline)]
    public static double F64Sqrt(double value) => Math.Sqrt(value);

    [MethodImpl(Inline)]
    public static double F64Copysign(double value, double sign) => BitConverter.Int64BitsToDouble(
        (BitConverter.DoubleToInt64Bits(value) & long.MaxValue) | (BitConverter.DoubleToInt64Bits(sign) & long.MinValue));

    public static double F64Min(double a, double b)
    {
        if (a < b)
            return a;
        if (b < a)
            return b;
        return a == b
            ? BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a) | BitConverter.DoubleToInt64Bits(b))
            : a + b;
    }

    public static double F64Max(double a, double b)
    {
        if (a > b)
            return a;
        if (b > a)
            return b;
        return a == b
            ? BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a) & BitConverter.DoubleToInt64Bits(b))
            : a + b;
    }

    /// <summary>Rounds once, which the conversion by way of <c>double</c> would not.</summary>
    public static float F32ConvertU64(long value)
    {
        if (value >= 0)
            return value;
        return (float)(long)(((ulong)value >> 1) | ((ulong)value & 1)) * 2;
    }

    /// <summary>Rounds once.</summary>
    public static double F64ConvertU64(long value)
    {
        if (value >= 0)
            return value;
        return (double)(long)(((ulong)value >> 1) | ((ulong)value & 1)) * 2;
    }

    [MethodImpl(Inline)]
    public static int I32TruncS(double value)
    {
        if (!(value > -2147483649.0 && value < 2147483648.0))
            Traps.Truncation(value);
        return (int)value;
    }

    [MethodImpl(Inline)]
    public static int I32TruncU(double value)
    {
        if (!(value > -1.0 && value < 4294967296.0))
            Traps.Truncation(value);
        return (int)(uint)(long)value;
    }

    [MethodImpl(Inline)]
    public static long I64TruncS(double value)
    {
        if (!(value >= -9223372036854775808.0 && value < 9223372036854775808.0))
            Traps.Truncation(value);
        return (long)value;
    }

    public static long I64TruncU(double value)
    {
        if (!(value > -1.0 && value < 18446744073709551616.0))
            Traps.Truncation(value);
        return value < 9223372036854775808.0 ? (long)value : (long)(value - 9223372036854775808.0) ^ long.MinValue;
    }

    public static int I32TruncSatS(double value) =>
        value >= 2147483647.0 ? int.MaxValue : value <= -2147483648.0 ? int.MinValue : double.IsNaN(value) ? 0 : (int)value;

    public static int I32TruncSatU(double value) =>
        value >= 4294967295.0 ? -1 : value > 0 ? (int)(uint)(long)value : 0;

    public static long I64TruncSatS(double value) =>
        value >= 9223372036854775808.0 ? long.MaxValue : value <= -9223372036854775808.0 ? long.MinValue
            : double.IsNaN(value) ? 0 : (long)value;

    public static long I64TruncSatU(double value) =>
        value >= 18446744073709551616.0 ? -1 : value > 0 ? I64TruncU(value) : 0;
}
