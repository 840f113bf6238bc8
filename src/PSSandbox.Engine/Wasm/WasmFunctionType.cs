namespace PSSandbox.Wasm;

/// <summary>A function's signature.</summary>
internal sealed record WasmFunctionType(IReadOnlyList<WasmValueType> Parameters, IReadOnlyList<WasmValueType> Results);
