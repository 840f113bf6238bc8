using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector128<byte>;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Vector instructions that change the width or the kind of lanes.</summary>
internal static class VectorConversions
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static V I16x8ExtendLowS(V a) => Vector128.WidenLower(a.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8ExtMulLowS(V a, V b) => (Vector128.WidenLower(a.AsSByte()) * Vector128.WidenLower(b.AsSByte())).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8ExtendLowU(V a) => Vector128.WidenLower(a).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8ExtMulLowU(V a, V b) => (Vector128.WidenLower(a) * Vector128.WidenLower(b)).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8ExtendHighS(V a) => Vector128.WidenUpper(a.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8ExtMulHighS(V a, V b) => (Vector128.WidenUpper(a.AsSByte()) * Vector128.WidenUpper(b.AsSByte())).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8ExtendHighU(V a) => Vector128.WidenUpper(a).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8ExtMulHighU(V a, V b) => (Vector128.WidenUpper(a) * Vector128.WidenUpper(b)).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ExtendLowS(V a) => Vector128.WidenLower(a.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ExtMulLowS(V a, V b) => (Vector128.WidenLower(a.AsInt16()) * Vector128.WidenLower(b.AsInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ExtendLowU(V a) => Vector128.WidenLower(a.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ExtMulLowU(V a, V b) => (Vector128.WidenLower(a.AsUInt16()) * Vector128.WidenLower(b.AsUInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ExtendHighS(V a) => Vector128.WidenUpper(a.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ExtMulHighS(V a, V b) => (Vector128.WidenUpper(a.AsInt16()) * Vector128.WidenUpper(b.AsInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ExtendHighU(V a) => Vector128.WidenUpper(a.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ExtMulHighU(V a, V b) => (Vector128.WidenUpper(a.AsUInt16()) * Vector128.WidenUpper(b.AsUInt16())).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2ExtendLowS(V a) => Vector128.WidenLower(a.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2ExtMulLowS(V a, V b) => (Vector128.WidenLower(a.AsInt32()) * Vector128.WidenLower(b.AsInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2ExtendLowU(V a) => Vector128.WidenLower(a.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2ExtMulLowU(V a, V b) => (Vector128.WidenLower(a.AsUInt32()) * Vector128.WidenLower(b.AsUInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2ExtendHighS(V a) => Vector128.WidenUpper(a.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2ExtMulHighS(V a, V b) => (Vector128.WidenUpper(a.AsInt32()) * Vector128.WidenUpper(b.AsInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2ExtendHighU(V a) => Vector128.WidenUpper(a.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V I64x2ExtMulHighU(V a, V b) => (Vector128.WidenUpper(a.AsUInt32()) * Vector128.WidenUpper(b.AsUInt32())).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8ExtAddPairwiseS(V a) => (Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(a.AsInt16(), 8), 8) + Vector128.ShiftRightArithmetic(a.AsInt16(), 8)).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8ExtAddPairwiseU(V a) => ((a.AsUInt16() & Vector128.Create((ushort)0xff)) + Vector128.ShiftRightLogical(a.AsUInt16(), 8)).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ExtAddPairwiseS(V a) => (Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(a.AsInt32(), 16), 16) + Vector128.ShiftRightArithmetic(a.AsInt32(), 16)).AsByte();

    [MethodImpl(Inline)]
    public static V I32x4ExtAddPairwiseU(V a) => ((a.AsUInt32() & Vector128.Create(0xffffu)) + Vector128.ShiftRightLogical(a.AsUInt32(), 16)).AsByte();

    [MethodImpl(Inline)]
    public static V I8x16NarrowS(V a, V b) => Vector128.NarrowWithSaturation(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V I16x8NarrowS(V a, V b) => Vector128.NarrowWithSaturation(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V I8x16NarrowU(V a, V b) => Vector128.NarrowWithSaturation(Vector128.Max(a.AsInt16(), default).AsUInt16(), Vector128.Max(b.AsInt16(), default).AsUInt16());

    [MethodImpl(Inline)]
    public static V I16x8NarrowU(V a, V b) => Vector128.NarrowWithSaturation(Vector128.Max(a.AsInt32(), default).AsUInt32(), Vector128.Max(b.AsInt32(), default).AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4ConvertS(V a) => Vector128.ConvertToSingle(a.AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2ConvertLowS(V a) => Vector128.Create((double)a.AsInt32().GetElement(0), a.AsInt32().GetElement(1)).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2ConvertLowU(V a) => Vector128.Create((double)a.AsUInt32().GetElement(0), a.AsUInt32().GetElement(1)).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4DemoteZero(V a) => Vector128.Create((float)a.AsDouble().GetElement(0), (float)a.AsDouble().GetElement(1), 0, 0).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2PromoteLow(V a) => Vector128.Create((double)a.AsSingle().GetElement(0), a.AsSingle().GetElement(1)).AsByte();

    /// <summary>Each conversion rounds once, by way of <c>double</c>, which holds every 32-bit number.</summary>
    public static V F32x4ConvertU(V a)
    {
        Vector128<uint> v = a.AsUInt32();
        return Vector128.Create((float)(double)v[0], (float)(double)v[1], (float)(double)v[2], (float)(double)v[3]).AsByte();
    }

    public static V I32x4TruncSatF32x4S(V a)
    {
        Vector128<float> v = a.AsSingle();
        return Vector128.Create(
            FloatOperations.I32TruncSatS(v[0]), FloatOperations.I32TruncSatS(v[1]),
            FloatOperations.I32TruncSatS(v[2]), FloatOperations.I32TruncSatS(v[3])).AsByte();
    }

    public static V I32x4TruncSatF32x4U(V a)
    {
        Vector128<float> v = a.AsSingle();
        return Vector128.Create(
            FloatOperations.I32TruncSatU(v[0]), FloatOperations.I32TruncSatU(v[1]),
            FloatOperations.I32TruncSatU(v[2]), FloatOperations.I32TruncSatU(v[3])).AsByte();
    }

    public static V I32x4TruncSatF64x2SZero(V a) => Vector128.Create(
        FloatOperations.I32TruncSatS(a.AsDouble()[0]), FloatOperations.I32TruncSatS(a.AsDouble()[1]), 0, 0).AsByte();

    public static V I32x4TruncSatF64x2UZero(V a) => Vector128.Create(
        FloatOperations.I32TruncSatU(a.AsDouble()[0]), FloatOperations.I32TruncSatU(a.AsDouble()[1]), 0, 0).AsByte();
}
