namespace PSSandbox.Wasm.Binary;

/// <summary>Type of a table: its elements and its size in elements.</summary>
internal sealed record TableType(WasmValueType Element, uint Minimum, uint? Maximum);
