using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>A memory of a store (<c>wasmtime_memory_t</c>): opaque, valid as long as its store.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeMemory
{
    /// <summary>The store, never 0.</summary>
    public ulong Store;

    /// <summary>The library's own.</summary>
    public ulong Private1;

    /// <summary>The library's own.</summary>
    public ulong Private2;
}
