using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector128<byte>;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Vector arithmetic on integers.</summary>
internal static class VectorIntegers
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static V I8x16Neg(V a) => Vector128.Negate(a.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V I8x16Abs(V a) => (Vector128.ConditionalSelect(Vector128.LessThan(a.AsSByte(), default), Vector128.Negate(a.AsSByte()), a.AsSByte())).AsByte();

    [MethodImpl(Inline)]
    public static V I8x16Add(V a, V b) => a + b;

    [MethodImpl(Inline)]
    public static V I8x16Sub(V a, V b) => a - b;

    [MethodImpl(Inline)]
    public static V I8x16MinS(V a, V b) => (Vector128.Min(a.AsSByte(), b.AsSByte())).AsByte();

    [MethodImpl(Inline)]
    public static V I8x16MinU(V a, V b) => Vector128.Min(a, b);

    [MethodImpl(Inline)]
    public static V I8x16MaxS(V a, V b) => (Vector128.Max(a.AsSByte(), b.AsSByte())).AsByte();

    [MethodImpl(Inline)]
    public static V I8x16MaxU(V a, V b) => Vector128.Max(a, b);

    [MethodImpl(Inline)]
    public static V I16x8Neg(V a) => Vector128.Negate(a.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8Abs(V a) => (Vector128.ConditionalSelect(Vector128.LessThan(a.AsInt16(), default), Vector128.Negate(a.AsInt16()), a.AsInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8Add(V a, V b) => (a.AsUInt16() + b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8Sub(V a, V b) => (a.AsUInt16() - b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8Mul(V a, V b) => (a.AsUInt16() * b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8MinS(V a, V b) => (Vector128.Min(a.AsInt16(), b.AsInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8MinU(V a, V b) => (Vector128.Min(a.AsUInt16(), b.AsUInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8MaxS(V a, V b) => (Vector128.Max(a.AsInt16(), b.AsInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8MaxU(V a, V b) => (Vector128.Max(a.AsUInt16(), b.AsUInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4Neg(V a) => Vector128.Negate(a.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4Abs(V a) => (Vector128.ConditionalSelect(Vector128.LessThan(a.AsInt32(), default), Vector128.Negate(a.AsInt32()), a.AsInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4Add(V a, V b) => (a.AsUInt32() + b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4Sub(V a, V b) => (a.AsUInt32() - b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4Mul(V a, V b) => (a.AsUInt32() * b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4MinS(V a, V b) => (Vector128.Min(a.AsInt32(), b.AsInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4MinU(V a, V b) => (Vector128.Min(a.AsUInt32(), b.AsUInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4MaxS(V a, V b) => (Vector128.Max(a.AsInt32(), b.AsInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4MaxU(V a, V b) => (Vector128.Max(a.AsUInt32(), b.AsUInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2Neg(V a) => Vector128.Negate(a.AsInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2Abs(V a) => (Vector128.ConditionalSelect(Vector128.LessThan(a.AsInt64(), default), Vector128.Negate(a.AsInt64()), a.AsInt64())).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2Add(V a, V b) => (a.AsUInt64() + b.AsUInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2Sub(V a, V b) => (a.AsUInt64() - b.AsUInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2Mul(V a, V b) => (a.AsUInt64() * b.AsUInt64()).AsByte();

    [MethodImpl(Inline)]
    public static V I8x16AddSatS(V a, V b) => (Vector128.AddSaturate(a.AsSByte(), b.AsSByte())).AsByte();

    [MethodImpl(Inline)]
    public static V I8x16AddSatU(V a, V b) => Vector128.AddSaturate(a, b);

    [MethodImpl(Inline)]
    public static V I8x16SubSatS(V a, V b) => (Vector128.SubtractSaturate(a.AsSByte(), b.AsSByte())).AsByte();

    [MethodImpl(Inline)]
    public static V I8x16SubSatU(V a, V b) => Vector128.SubtractSaturate(a, b);

    [MethodImpl(Inline)]
    public static V I16x8AddSatS(V a, V b) => (Vector128.AddSaturate(a.AsInt16(), b.AsInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8AddSatU(V a, V b) => (Vector128.AddSaturate(a.AsUInt16(), b.AsUInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8SubSatS(V a, V b) => (Vector128.SubtractSaturate(a.AsInt16(), b.AsInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8SubSatU(V a, V b) => (Vector128.SubtractSaturate(a.AsUInt16(), b.AsUInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I8x16Avgr(V a, V b) => (a | b) - Vector128.ShiftRightLogical(a ^ b, 1);

    [MethodImpl(Inline)]
    public static V I16x8Avgr(V a, V b) => ((a | b).AsUInt16() - Vector128.ShiftRightLogical((a ^ b).AsUInt16(), 1)).AsByte();

    /// <summary>Bits that are set, in each byte.</summary>
    public static V I8x16Popcnt(V a)
    {
        V table = Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        V low = a & Vector128.Create((byte)0xf);
        V high = Vector128.ShiftRightLogical(a, 4);
        return Vector128.Shuffle(table, low) + Vector128.Shuffle(table, high);
    }

    /// <summary>Rounding product of numbers in Q15, saturating.</summary>
    public static V I16x8Q15Mulr(V a, V b)
    {
        Vector128<int> round = Vector128.Create(0x4000);
        Vector128<int> low = Vector128.ShiftRightArithmetic((Vector128.WidenLower(a.AsInt16()) * Vector128.WidenLower(b.AsInt16())) + round, 15);
        Vector128<int> high = Vector128.ShiftRightArithmetic((Vector128.WidenUpper(a.AsInt16()) * Vector128.WidenUpper(b.AsInt16())) + round, 15);
        return Vector128.NarrowWithSaturation(low, high).AsByte();
    }

    /// <summary>Sums of the products of neighbours.</summary>
    public static V I32x4Dot(V a, V b)
    {
        Vector128<int> even = LowHalves(a) * LowHalves(b);
        Vector128<int> odd = Vector128.ShiftRightArithmetic(a.AsInt32(), 16) * Vector128.ShiftRightArithmetic(b.AsInt32(), 16);
        return (even + odd).AsByte();
    }

    private static Vector128<int> LowHalves(V a) => Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(a.AsInt32(), 16), 16);
}
