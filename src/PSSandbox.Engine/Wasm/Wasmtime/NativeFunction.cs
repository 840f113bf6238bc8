using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>A function of a store (<c>wasmtime_func_t</c>): opaque, valid as long as its store.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeFunction
{
    /// <summary>The store; 0 for a null reference.</summary>
    public ulong Store;

    /// <summary>The library's own.</summary>
    public nint Private;
}
