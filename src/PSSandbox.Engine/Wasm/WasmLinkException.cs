namespace PSSandbox.Wasm;

/// <summary>An import that the host cannot give.</summary>
internal sealed class WasmLinkException(string message) : Exception(message);
