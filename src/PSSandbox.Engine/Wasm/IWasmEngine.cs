namespace PSSandbox.Wasm;

/// <summary>A WebAssembly engine: turns the bytes of a module into code that runs.</summary>
/// <remarks>Implementations are safe for use by several threads at once.</remarks>
internal interface IWasmEngine : IDisposable
{
    /// <summary>The engine's name as options and diagnostics give it: <c>managed</c> or <c>wasmtime</c>.</summary>
    string Name { get; }

    /// <summary>The engine's version, part of the key of everything it caches.</summary>
    string Version { get; }

    /// <summary>Decodes, validates and prepares a module.</summary>
    /// <param name="binary">The module; it is kept and must not change any more.</param>
    /// <param name="hash">Its hash, by which the engine may find it compiled.</param>
    /// <exception cref="WasmFormatException">The module is malformed, invalid or over a complexity limit.</exception>
    IWasmModule Compile(ReadOnlyMemory<byte> binary, in ContentHash hash);

    /// <inheritdoc cref="Compile(ReadOnlyMemory{byte}, in ContentHash)"/>
    IWasmModule Compile(ReadOnlyMemory<byte> binary) => Compile(binary, ContentHash.Of(binary.Span));
}
