namespace PSSandbox.Wasm.Binary;

/// <summary>A global: its type, and for one that the module defines its initial value.</summary>
internal sealed record GlobalDefinition(WasmValueType Type, bool Mutable, ConstantExpression Initial);
