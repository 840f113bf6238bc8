using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector128<byte>;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Vector loads and stores that do more than move; the address is one of the host and has been checked.</summary>
internal static unsafe class VectorMemory
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public static V Load8x8S(nint address) => Vector128.WidenLower(Low(address).AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static V Load8x8U(nint address) => Vector128.WidenLower(Low(address)).AsByte();

    [MethodImpl(Inline)]
    public static V Load16x4S(nint address) => Vector128.WidenLower(Low(address).AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V Load16x4U(nint address) => Vector128.WidenLower(Low(address).AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static V Load32x2S(nint address) => Vector128.WidenLower(Low(address).AsInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V Load32x2U(nint address) => Vector128.WidenLower(Low(address).AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static V Load8Splat(nint address) => Vector128.Create(*(byte*)address);

    [MethodImpl(Inline)]
    public static V Load16Splat(nint address) => Vector128.Create(*(ushort*)address).AsByte();

    [MethodImpl(Inline)]
    public static V Load32Splat(nint address) => Vector128.Create(*(uint*)address).AsByte();

    [MethodImpl(Inline)]
    public static V Load64Splat(nint address) => Vector128.Create(*(ulong*)address).AsByte();

    [MethodImpl(Inline)]
    public static V Load32Zero(nint address) => Vector128.CreateScalar(*(uint*)address).AsByte();

    [MethodImpl(Inline)]
    public static V Load64Zero(nint address) => Low(address);

    [MethodImpl(Inline)]
    public static V Load8Lane(nint address, V v, int lane) => v.WithElement(lane, *(byte*)address);

    [MethodImpl(Inline)]
    public static V Load16Lane(nint address, V v, int lane) => v.AsUInt16().WithElement(lane, *(ushort*)address).AsByte();

    [MethodImpl(Inline)]
    public static V Load32Lane(nint address, V v, int lane) => v.AsUInt32().WithElement(lane, *(uint*)address).AsByte();

    [MethodImpl(Inline)]
    public static V Load64Lane(nint address, V v, int lane) => v.AsUInt64().WithElement(lane, *(ulong*)address).AsByte();

    [MethodImpl(Inline)]
    public static void Store8Lane(nint address, V v, int lane) => *(byte*)address = v.GetElement(lane);

    [MethodImpl(Inline)]
    public static void Store16Lane(nint address, V v, int lane) => *(ushort*)address = v.AsUInt16().GetElement(lane);

    [MethodImpl(Inline)]
    public static void Store32Lane(nint address, V v, int lane) => *(uint*)address = v.AsUInt32().GetElement(lane);

    [MethodImpl(Inline)]
    public static void Store64Lane(nint address, V v, int lane) => *(ulong*)address = v.AsUInt64().GetElement(lane);

    [MethodImpl(Inline)]
    private static V Low(nint address) => Vector128.CreateScalar(*(ulong*)address).AsByte();
}
