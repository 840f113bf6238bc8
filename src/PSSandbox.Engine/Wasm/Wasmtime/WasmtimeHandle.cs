using System.Runtime.InteropServices;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>An object of the library that is freed once, when nobody uses it any more.</summary>
internal sealed unsafe class WasmtimeHandle : SafeHandle
{
    private readonly delegate* unmanaged[Cdecl]<nint, void> _delete;

    /// <summary>Takes an object over.</summary>
    /// <param name="value">The object.</param>
    /// <param name="delete">The library's function that frees it.</param>
    public WasmtimeHandle(nint value, delegate* unmanaged[Cdecl]<nint, void> delete)
        : base(0, ownsHandle: true)
    {
        _delete = delete;
        SetHandle(value);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The object. The caller keeps this handle alive meanwhile.</summary>
    public nint Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        _delete(handle);
        return true;
    }
}
