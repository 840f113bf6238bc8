namespace PSSandbox.Wasm;

/// <summary>Something that a module needs. <see cref="FunctionType"/> is set for functions only.</summary>
internal sealed record WasmImport(string Module, string Name, WasmExternKind Kind, WasmFunctionType? FunctionType);
