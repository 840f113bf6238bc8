using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// A rooted reference to a host object (<c>wasmtime_externref_t</c>). Older versions write the first 16 bytes, newer
/// ones 24: <see cref="Liveness"/> tells which it was, as only the newer ones set it.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeReference
{
    /// <summary>The store; 0 for null.</summary>
    public ulong Store;

    /// <summary>The library's own.</summary>
    public ulong Private;

    /// <summary>Newer versions: an owned pointer, which keeps the reference alive until it is unrooted.</summary>
    public nint Liveness;

    /// <summary>Room to spare.</summary>
    public nint Reserved;
}
