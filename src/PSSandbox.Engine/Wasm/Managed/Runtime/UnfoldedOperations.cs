using System.Runtime.CompilerServices;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Float operations that the just-in-time compiler shall not simplify away, as calls that it does not see into.</summary>
internal static class UnfoldedOperations
{
    private const MethodImplOptions Opaque = MethodImplOptions.NoInlining;

    /// <summary>Names for <c>f32.sub</c>, <c>mul</c>, <c>div</c>.</summary>
    public static readonly string[] F32 = [nameof(F32Sub), nameof(F32Mul), nameof(F32Div)];

    /// <summary>Names for <c>f64.sub</c>, <c>mul</c>, <c>div</c>.</summary>
    public static readonly string[] F64 = [nameof(F64Sub), nameof(F64Mul), nameof(F64Div)];

    [MethodImpl(Opaque)]
    public static float F32Demote(double value) => (float)value;

    [MethodImpl(Opaque)]
    public static float F32Sub(float a, float b) => a - b;

    [MethodImpl(Opaque)]
    public static float F32Mul(float a, float b) => a * b;

    [MethodImpl(Opaque)]
    public static float F32Div(float a, float b) => a / b;

    [MethodImpl(Opaque)]
    public static double F64Sub(double a, double b) => a - b;

    [MethodImpl(Opaque)]
    public static double F64Mul(double a, double b) => a * b;

    [MethodImpl(Opaque)]
    public static double F64Div(double a, double b) => a / b;
}
