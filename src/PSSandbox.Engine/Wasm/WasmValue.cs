using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PSSandbox.Wasm;

/// <summary>A raw, untyped WebAssembly value of up to 128 bits: the type is known to both sides from the signature.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct WasmValue
{
    /// <summary>The value as <c>i32</c>.</summary>
    [FieldOffset(0)] public int I32;

    /// <summary>The value as <c>i64</c>.</summary>
    [FieldOffset(0)] public long I64;

    /// <summary>The value as <c>f32</c>.</summary>
    [FieldOffset(0)] public float F32;

    /// <summary>The value as <c>f64</c>.</summary>
    [FieldOffset(0)] public double F64;

    /// <summary>The value as <c>v128</c>.</summary>
    [FieldOffset(0)] public Vector128<byte> V128;

    /// <summary>The low 64 bits of a reference; 0 is null.</summary>
    [FieldOffset(0)] public nint Reference;
}
