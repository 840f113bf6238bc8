using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Managed;

/// <summary>The engine without native code: translates WebAssembly to IL, which the runtime compiles.</summary>
internal sealed class ManagedEngine : IWasmEngine
{
    /// <summary>Makes an engine.</summary>
    /// <exception cref="PlatformNotSupportedException">The process is not a 64-bit, little-endian one.</exception>
    public ManagedEngine()
    {
        if (nint.Size != 8 || !BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("the managed WebAssembly engine needs a 64-bit, little-endian process");
    }

    /// <inheritdoc/>
    public string Name => "managed";

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    IWasmModule IWasmEngine.Compile(ReadOnlyMemory<byte> binary) => Compile(binary);

    /// <summary>Decodes, validates and translates a module.</summary>
    /// <exception cref="WasmFormatException">The module is malformed, invalid or over a complexity limit.</exception>
    public ManagedModule Compile(ReadOnlyMemory<byte> binary) => new(ModuleDecoder.DecodeAndValidate(binary.ToArray()));

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
