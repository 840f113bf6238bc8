using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector128<byte>;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Vector instructions on single lanes; the lane is a constant in generated code.</summary>
internal static class VectorLanes
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static int I8x16ExtractS(V v, int lane) => v.AsSByte().GetElement(lane);

    [MethodImpl(Inline)]
    public static int I8x16ExtractU(V v, int lane) => v.GetElement(lane);

    [MethodImpl(Inline)]
    public static V I8x16Replace(V v, int value, int lane) => v.WithElement(lane, (byte)value);

    [MethodImpl(Inline)]
    public static int I16x8ExtractS(V v, int lane) => v.AsInt16().GetElement(lane);

    [MethodImpl(Inline)]
    public static int I16x8ExtractU(V v, int lane) => v.AsUInt16().GetElement(lane);

    [MethodImpl(Inline)]
    public static V I16x8Replace(V v, int value, int lane) => v.AsInt16().WithElement(lane, (short)value).AsByte();

    [MethodImpl(Inline)]
    public static int I32x4Extract(V v, int lane) => v.AsInt32().GetElement(lane);

    [MethodImpl(Inline)]
    public static V I32x4Replace(V v, int value, int lane) => v.AsInt32().WithElement(lane, value).AsByte();

    [MethodImpl(Inline)]
    public static long I64x2Extract(V v, int lane) => v.AsInt64().GetElement(lane);

    [MethodImpl(Inline)]
    public static V I64x2Replace(V v, long value, int lane) => v.AsInt64().WithElement(lane, value).AsByte();

    [MethodImpl(Inline)]
    public static V F32x4Replace(V v, float value, int lane) => v.AsSingle().WithElement(lane, value).AsByte();

    [MethodImpl(Inline)]
    public static double F64x2Extract(V v, int lane) => v.AsDouble().GetElement(lane);

    [MethodImpl(Inline)]
    public static V F64x2Replace(V v, double value, int lane) => v.AsDouble().WithElement(lane, value).AsByte();

    /// <summary>Picks sixteen of the thirty-two bytes of <paramref name="a"/> and <paramref name="b"/>.</summary>
    [MethodImpl(Inline)]
    public static V Shuffle(V a, V b, long low, long high)
    {
        // An index that is too large gives 0, so each half takes part with its own bytes only.
        V indices = Vector128.Create(low, high).AsByte();
        return Vector128.Shuffle(a, indices) | Vector128.Shuffle(b, indices ^ Vector128.Create((byte)16));
    }
}
