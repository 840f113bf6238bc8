namespace PSSandbox.Wasm;

/// <summary>What a module says of the size of a table, in elements.</summary>
/// <param name="Minimum">The size at first.</param>
/// <param name="Maximum">The largest size; <see cref="uint.MaxValue"/> where none is said.</param>
internal readonly record struct WasmTableSize(uint Minimum, uint Maximum);
