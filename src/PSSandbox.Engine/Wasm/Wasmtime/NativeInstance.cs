using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>An instance of a store (<c>wasmtime_instance_t</c>): opaque, valid as long as its store.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeInstance
{
    /// <summary>The store, never 0.</summary>
    public ulong Store;

    /// <summary>The library's own.</summary>
    public nuint Private;
}
