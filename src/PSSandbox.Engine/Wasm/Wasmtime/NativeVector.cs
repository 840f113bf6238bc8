using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>A vector that the library allocates (<c>wasm_byte_vec_t</c> and those of pointers).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeVector
{
    /// <summary>Number of elements.</summary>
    public nuint Length;

    /// <summary>The first element.</summary>
    public void* Data;

    /// <summary>The vector's bytes, where it is one of bytes.</summary>
    public readonly ReadOnlySpan<byte> Bytes => new(Data, checked((int)Length));
}
