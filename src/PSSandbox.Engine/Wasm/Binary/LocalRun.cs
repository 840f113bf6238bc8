namespace PSSandbox.Wasm.Binary;

/// <summary>Some locals of one type.</summary>
internal readonly record struct LocalRun(int Count, WasmValueType Type);
