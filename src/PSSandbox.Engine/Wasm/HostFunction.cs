namespace PSSandbox.Wasm;

/// <summary>A function that the host gives to a module.</summary>
/// <param name="caller">The instance that calls.</param>
/// <param name="values">Arguments on entry, results on return; as long as the larger number of both.</param>
internal delegate void HostFunction(IWasmInstance caller, Span<WasmValue> values);
