namespace PSSandbox.Wasm;

/// <summary>Something that a module offers. <see cref="Index"/> is its index in the module's space of that kind.</summary>
internal sealed record WasmExport(string Name, WasmExternKind Kind, int Index, WasmFunctionType? FunctionType);
