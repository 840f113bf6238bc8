namespace PSSandbox.Wasm.Binary;

/// <summary>An import. <see cref="Index"/> is its index in the space of its kind.</summary>
internal sealed record ImportDefinition(string Module, string Name, WasmExternKind Kind, int Index);
