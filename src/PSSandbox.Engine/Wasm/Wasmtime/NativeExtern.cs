using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// An item of an instance as the C API hands it out (<c>wasmtime_extern_t</c>): a kind, and a union of handles that
/// are indices into the store. The union is some bytes larger here than in any version, which is harmless: the
/// library writes through a pointer.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct NativeExtern
{
    /// <summary>Value of <see cref="Kind"/> for a function.</summary>
    public const byte KindFunction = 0;

    /// <summary>Value of <see cref="Kind"/> for a memory.</summary>
    public const byte KindMemory = 3;

    /// <summary>Which of the union's members is set.</summary>
    [FieldOffset(0)] public byte Kind;

    /// <summary>The item, where it is a function.</summary>
    [FieldOffset(8)] public NativeFunction Function;

    /// <summary>The item, where it is a memory.</summary>
    [FieldOffset(8)] public NativeMemory Memory;
}
