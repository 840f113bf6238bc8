using System.Runtime.InteropServices;
using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Caching;
using PSSandbox.Wasm.Managed.Runtime;
using PSSandbox.Wasm.Managed.Translation;

namespace PSSandbox.Wasm.Managed;

/// <summary>The engine without native code: translates WebAssembly to IL, which the runtime compiles.</summary>
internal sealed class ManagedEngine : IWasmEngine
{
    // Code depends on this very build of the engine (its layout of contexts, its support methods) and on the runtime
    // whose core library it refers to.
    private static readonly string Configuration = string.Join(
        '\n', typeof(ManagedEngine).Module.ModuleVersionId, RuntimeInformation.FrameworkDescription, RuntimeInformation.ProcessArchitecture);

    private readonly CompiledCodeCache? _cache;

    /// <summary>Makes an engine.</summary>
    /// <param name="cache">Where translated modules are kept from process to process; null keeps none.</param>
    /// <exception cref="PlatformNotSupportedException">The process is not a 64-bit, little-endian one.</exception>
    public ManagedEngine(CompiledCodeCache? cache = null)
    {
        if (nint.Size != 8 || !BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("the managed WebAssembly engine needs a 64-bit, little-endian process");
        _cache = cache;
    }

    /// <inheritdoc/>
    public string Name => "managed";

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    IWasmModule IWasmEngine.Compile(ReadOnlyMemory<byte> binary) => Compile(binary);

    /// <summary>Decodes, validates and translates a module, or finds it translated.</summary>
    /// <exception cref="WasmFormatException">The module is malformed, invalid or over a complexity limit.</exception>
    public ManagedModule Compile(ReadOnlyMemory<byte> binary)
    {
        // A copy: segments and bodies are read from it later, whatever the caller does with the bytes.
        byte[] bytes = binary.ToArray();
        ModuleDefinition definition = ModuleDecoder.Decode(bytes);
        ContextLayout layout = new(definition);
        List<WasmFunctionType> invoked = ModuleTranslator.InvokedTypes(definition);
        string key = _cache is null ? "" : CompiledCodeCache.Key(bytes, Name + Version, Configuration);

        // What is in the cache was valid when it was stored, and the key holds every byte of it.
        byte[]? image = _cache?.Read(key);
        if (image is null)
        {
            ModuleDecoder.ValidateBodies(definition);
            image = ModuleTranslator.Translate(definition, layout, invoked, metered: false);
            _cache?.Store(key, image);
        }

        return new ManagedModule(
            definition,
            new LoadedCode(definition, layout, image, invoked),
            () => new LoadedCode(definition, layout, ModuleTranslator.Translate(definition, layout, invoked, metered: true), invoked));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
