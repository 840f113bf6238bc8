using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector128<byte>;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Vector instructions on bits: logic, shifts, splats, tests.</summary>
internal static class VectorBits
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static V Not(V a) => ~a;

    [MethodImpl(Inline)]
    public static V And(V a, V b) => a & b;

    [MethodImpl(Inline)]
    public static V AndNot(V a, V b) => a & ~b;

    [MethodImpl(Inline)]
    public static V Or(V a, V b) => a | b;

    [MethodImpl(Inline)]
    public static V Xor(V a, V b) => a ^ b;

    [MethodImpl(Inline)]
    public static V BitSelect(V a, V b, V mask) => Vector128.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    public static int AnyTrue(V a) => a != V.Zero ? 1 : 0;

    [MethodImpl(Inline)]
    public static V Swizzle(V a, V indices) => Vector128.Shuffle(a, indices);

    [MethodImpl(Inline)]
    public static V I8x16Splat(int value) => Vector128.Create((byte)value);

    [MethodImpl(Inline)]
    public static V I16x8Splat(int value) => Vector128.Create((short)value).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4Splat(int value) => Vector128.Create(value).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2Splat(long value) => Vector128.Create(value).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Splat(float value) => Vector128.Create(value).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Splat(double value) => Vector128.Create(value).AsByte();

    [MethodImpl(Inline)]
    public static int I8x16AllTrue(V a) => Vector128.EqualsAny(a, default) ? 0 : 1;

    [MethodImpl(Inline)]
    public static int I8x16Bitmask(V a) => (int)a.ExtractMostSignificantBits();

    [MethodImpl(Inline)]
    public static V I8x16Shl(V a, int count) => Vector128.ShiftLeft(a, count & 7);

    [MethodImpl(Inline)]
    public static V I8x16ShrS(V a, int count) => (Vector128.ShiftRightArithmetic(a.AsSByte(), count & 7)).AsByte();

    [MethodImpl(Inline)]
    public static V I8x16ShrU(V a, int count) => Vector128.ShiftRightLogical(a, count & 7);

    [MethodImpl(Inline)]
    public static int I16x8AllTrue(V a) => Vector128.EqualsAny(a.AsUInt16(), default) ? 0 : 1;

    [MethodImpl(Inline)]
    public static int I16x8Bitmask(V a) => (int)a.AsUInt16().ExtractMostSignificantBits();

    [MethodImpl(Inline)]
    public static V I16x8Shl(V a, int count) => (Vector128.ShiftLeft(a.AsUInt16(), count & 15)).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8ShrS(V a, int count) => (Vector128.ShiftRightArithmetic(a.AsInt16(), count & 15)).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8ShrU(V a, int count) => (Vector128.ShiftRightLogical(a.AsUInt16(), count & 15)).AsByte();

    [MethodImpl(Inline)]
    public static int I32x4AllTrue(V a) => Vector128.EqualsAny(a.AsUInt32(), default) ? 0 : 1;

    [MethodImpl(Inline)]
    public static int I32x4Bitmask(V a) => (int)a.AsUInt32().ExtractMostSignificantBits();

    [MethodImpl(Inline)]
    public static V I32x4Shl(V a, int count) => (Vector128.ShiftLeft(a.AsUInt32(), count & 31)).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ShrS(V a, int count) => (Vector128.ShiftRightArithmetic(a.AsInt32(), count & 31)).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ShrU(V a, int count) => (Vector128.ShiftRightLogical(a.AsUInt32(), count & 31)).AsByte();

    [MethodImpl(Inline)]
    public static int I64x2AllTrue(V a) => Vector128.EqualsAny(a.AsUInt64(), default) ? 0 : 1;

    [MethodImpl(Inline)]
    public static int I64x2Bitmask(V a) => (int)a.AsUInt64().ExtractMostSignificantBits();

    [MethodImpl(Inline)]
    public static V I64x2Shl(V a, int count) => (Vector128.ShiftLeft(a.AsUInt64(), count & 63)).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2ShrS(V a, int count) => (Vector128.ShiftRightArithmetic(a.AsInt64(), count & 63)).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2ShrU(V a, int count) => (Vector128.ShiftRightLogical(a.AsUInt64(), count & 63)).AsByte();
}
