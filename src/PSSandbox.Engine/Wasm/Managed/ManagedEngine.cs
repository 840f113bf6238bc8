using System.Reflection;
using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Caching;
using PSSandbox.Wasm.Managed.Runtime;
using PSSandbox.Wasm.Managed.Translation;

namespace PSSandbox.Wasm.Managed;

/// <summary>The engine without native code: translates WebAssembly to IL, which the runtime compiles.</summary>
internal sealed class ManagedEngine : IWasmEngine
{
    // Code depends on this very build of the engine (its layout of contexts, its support methods) and on the core
    // library that it refers to, of which a later one will do.
    private static readonly string Configuration =
        $"{Hexadecimal.Lower(typeof(ManagedEngine).Module.ModuleVersionId.ToByteArray())} {typeof(object).Assembly.GetName().Version}";

    private readonly CompiledCodeCache? _cache;
    private readonly string? _shipped;
    private readonly KeptCode _kept;

    /// <summary>Makes an engine.</summary>
    /// <param name="cache">Where translated modules are kept from process to process; null keeps none.</param>
    /// <param name="shipped">A folder of this program's own with modules that <see cref="Precompile"/> made; null: none.</param>
    /// <param name="kept">The code of large modules that is kept; null: what the process keeps.</param>
    /// <exception cref="PlatformNotSupportedException">The process is not a 64-bit, little-endian one.</exception>
    public ManagedEngine(CompiledCodeCache? cache = null, string? shipped = null, KeptCode? kept = null)
    {
        if (nint.Size != 8 || !BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("the managed WebAssembly engine needs a 64-bit, little-endian process");
        _cache = cache;
        _shipped = shipped;
        _kept = kept ?? KeptCode.OfProcess;
    }

    /// <inheritdoc/>
    public string Name => "managed";

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    IWasmModule IWasmEngine.Compile(ReadOnlyMemory<byte> binary, in ContentHash hash) => Compile(binary, hash);

    /// <inheritdoc cref="Compile(ReadOnlyMemory{byte}, in ContentHash)"/>
    public ManagedModule Compile(ReadOnlyMemory<byte> binary) => Compile(binary, ContentHash.Of(binary.Span));

    /// <summary>Decodes, validates and translates a module, or finds it translated.</summary>
    /// <param name="binary">The module.</param>
    /// <param name="hash">Its hash.</param>
    /// <exception cref="WasmFormatException">The module is malformed, invalid or over a complexity limit.</exception>
    public ManagedModule Compile(ReadOnlyMemory<byte> binary, in ContentHash hash)
    {
        ModuleDefinition definition = ModuleDecoder.Decode(binary);
        ContextLayout layout = new(definition);
        List<WasmFunctionType> invoked = ModuleTranslator.InvokedTypes(definition);
        return new ManagedModule(
            definition,
            new LoadedCode(definition, layout, LoadOrTranslate(definition, layout, invoked, hash), invoked),
            () => new LoadedCode(definition, layout, LoadedCode.Load(ModuleTranslator.Translate(definition, layout, invoked, metered: true)), invoked));
    }

    /// <summary>
    /// Translates a module into a file that an engine of this very build takes from its folder of shipped modules. The
    /// file is an assembly, which may be compiled to machine code in advance.
    /// </summary>
    /// <param name="binary">The module.</param>
    /// <param name="hash">Its hash, by which it will be asked for.</param>
    /// <param name="folder">The folder.</param>
    /// <returns>The file.</returns>
    /// <exception cref="WasmFormatException">The module is malformed, invalid or over a complexity limit.</exception>
    public string Precompile(ReadOnlyMemory<byte> binary, in ContentHash hash, string folder)
    {
        ModuleDefinition definition = ModuleDecoder.Decode(binary);
        byte[] image = Translate(definition, new ContextLayout(definition), ModuleTranslator.InvokedTypes(definition));
        string path = ShippedPath(folder, Key(hash));
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(path, image);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static string ShippedPath(string folder, string key) => Path.Combine(folder, key + ".dll");

    private static byte[] Translate(ModuleDefinition definition, ContextLayout layout, List<WasmFunctionType> invoked)
    {
        ModuleDecoder.ValidateBodies(definition);
        return ModuleTranslator.Translate(definition, layout, invoked, metered: false);
    }

    private string Key(in ContentHash hash) => CompiledCodeCache.Key(hash, Name + Version, Configuration);

    // What was translated before was valid then, and the key stands for every byte of it.
    private Module LoadOrTranslate(ModuleDefinition definition, ContextLayout layout, List<WasmFunctionType> invoked, in ContentHash hash)
    {
        string key = Key(hash);
        if (_shipped is not null && LoadedCode.TryLoad(ShippedPath(_shipped, key)) is { } shipped)
            return shipped;
        if (_kept.Find(key) is { } code)
            return code;
        byte[]? image = _cache?.Read(key);
        if (image is null)
        {
            image = Translate(definition, layout, invoked);
            _cache?.Store(key, image);
        }

        return _kept.Load(key, image);
    }
}
