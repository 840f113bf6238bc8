using System.Runtime.InteropServices;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Fuzzing;

/// <summary>The library's own validation, which the engine that uses it asks only after ours.</summary>
internal sealed unsafe class NativeValidator
{
    private readonly WasmtimeLibrary _library;
    private readonly nint _engine;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint> _validate;

    /// <summary>Takes the validation of an engine's library.</summary>
    public NativeValidator(WasmtimeEngine engine)
    {
        _library = engine.Library;
        _engine = engine.Get(AllocationStrategy.OnDemand).Value;
        _validate = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint>)NativeLibrary.GetExport(
            NativeLibrary.Load(_library.Path), "wasmtime_module_validate");
    }

    /// <summary>Why the library refuses a module; null where it does not.</summary>
    public string? Refusal(byte[] binary)
    {
        nint error;
        fixed (byte* bytes = binary)
            error = _validate(_engine, bytes, (nuint)binary.Length);
        return error == 0 ? null : _library.TakeErrorMessage(error);
    }
}
