namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>A global, seen from the host.</summary>
/// <param name="Address">Where its value is: 16 bytes, unmanaged.</param>
/// <param name="Type">Its type.</param>
/// <param name="Mutable">Whether it can be assigned.</param>
internal sealed record ManagedGlobal(nint Address, WasmValueType Type, bool Mutable);
