namespace PSSandbox.Wasm.Binary;

/// <summary>Type of a table: its elements and its size in elements.</summary>
internal readonly record struct TableType(WasmValueType Element, uint Minimum, uint? Maximum);
