using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector128<byte>;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Vector arithmetic on floats.</summary>
internal static class VectorFloats
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static V F32x4Ceil(V a) => Vector128.Ceiling(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Floor(V a) => Vector128.Floor(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Trunc(V a) => Vector128.Truncate(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Sqrt(V a) => Vector128.Sqrt(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Nearest(V a) => Vector128.Round(a.AsSingle(), MidpointRounding.ToEven).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Abs(V a) => (a.AsInt32() & Vector128.Create(int.MaxValue)).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Neg(V a) => (a.AsInt32() ^ Vector128.Create(int.MinValue)).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Add(V a, V b) => (a.AsSingle() + b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Sub(V a, V b) => (a.AsSingle() - b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Mul(V a, V b) => (a.AsSingle() * b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Div(V a, V b) => (a.AsSingle() / b.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Pmin(V a, V b) => Vector128.ConditionalSelect(Vector128.LessThan(b.AsSingle(), a.AsSingle()).AsByte(), b, a);

    [MethodImpl(Inline)]
    public static V F32x4Pmax(V a, V b) => Vector128.ConditionalSelect(Vector128.LessThan(a.AsSingle(), b.AsSingle()).AsByte(), b, a);

    [MethodImpl(Inline)]
    public static V F64x2Ceil(V a) => Vector128.Ceiling(a.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Floor(V a) => Vector128.Floor(a.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Trunc(V a) => Vector128.Truncate(a.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Sqrt(V a) => Vector128.Sqrt(a.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Nearest(V a) => Vector128.Round(a.AsDouble(), MidpointRounding.ToEven).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Abs(V a) => (a.AsInt64() & Vector128.Create(long.MaxValue)).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Neg(V a) => (a.AsInt64() ^ Vector128.Create(long.MinValue)).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Add(V a, V b) => (a.AsDouble() + b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Sub(V a, V b) => (a.AsDouble() - b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Mul(V a, V b) => (a.AsDouble() * b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Div(V a, V b) => (a.AsDouble() / b.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static V F64x2Pmin(V a, V b) => Vector128.ConditionalSelect(Vector128.LessThan(b.AsDouble(), a.AsDouble()).AsByte(), b, a);

    [MethodImpl(Inline)]
    public static V F64x2Pmax(V a, V b) => Vector128.ConditionalSelect(Vector128.LessThan(a.AsDouble(), b.AsDouble()).AsByte(), b, a);

    public static V F32x4Min(V a, V b)
    {
        Vector128<float> x = a.AsSingle();
        Vector128<float> y = b.AsSingle();
        V ordered = Vector128.ConditionalSelect(Vector128.LessThan(x, y).AsByte(), a, b);
        V result = Vector128.ConditionalSelect(Vector128.Equals(x, y).AsByte(), a | b, ordered);
        V number = (Vector128.Equals(x, x) & Vector128.Equals(y, y)).AsByte();
        return Vector128.ConditionalSelect(number, result, (x + y).AsByte());
    }

    public static V F32x4Max(V a, V b)
    {
        Vector128<float> x = a.AsSingle();
        Vector128<float> y = b.AsSingle();
        V ordered = Vector128.ConditionalSelect(Vector128.GreaterThan(x, y).AsByte(), a, b);
        V result = Vector128.ConditionalSelect(Vector128.Equals(x, y).AsByte(), a & b, ordered);
        V number = (Vector128.Equals(x, x) & Vector128.Equals(y, y)).AsByte();
        return Vector128.ConditionalSelect(number, result, (x + y).AsByte());
    }

    public static V F64x2Min(V a, V b)
    {
        Vector128<double> x = a.AsDouble();
        Vector128<double> y = b.AsDouble();
        V ordered = Vector128.ConditionalSelect(Vector128.LessThan(x, y).AsByte(), a, b);
        V result = Vector128.ConditionalSelect(Vector128.Equals(x, y).AsByte(), a | b, ordered);
        V number = (Vector128.Equals(x, x) & Vector128.Equals(y, y)).AsByte();
        return Vector128.ConditionalSelect(number, result, (x + y).AsByte());
    }

    public static V F64x2Max(V a, V b)
    {
        Vector128<double> x = a.AsDouble();
        Vector128<double> y = b.AsDouble();
        V ordered = Vector128.ConditionalSelect(Vector128.GreaterThan(x, y).AsByte(), a, b);
        V result = Vector128.ConditionalSelect(Vector128.Equals(x, y).AsByte(), a & b, ordered);
        V number = (Vector128.Equals(x, x) & Vector128.Equals(y, y)).AsByte();
        return Vector128.ConditionalSelect(number, result, (x + y).AsByte());
    }
}
