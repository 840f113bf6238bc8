namespace PSSandbox.Wasm;

/// <summary>A guest ended by a trap. The host is unharmed.</summary>
internal sealed class WasmTrapException : Exception
{
    /// <summary>Makes a trap of a kind with the specification's wording.</summary>
    public WasmTrapException(WasmTrapKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>Why.</summary>
    public WasmTrapKind Kind { get; }
}
