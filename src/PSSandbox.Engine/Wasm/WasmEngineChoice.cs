namespace PSSandbox.Wasm;

/// <summary>An engine, and in words for a person why it is this one.</summary>
internal sealed record WasmEngineChoice(IWasmEngine Engine, string Explanation);
