namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>A function of an instance, as it is given to another one.</summary>
/// <param name="Record">Address of its <see cref="FunctionRecord"/>.</param>
/// <param name="Type">Its type.</param>
internal sealed record ManagedFunction(nint Record, WasmFunctionType Type);
