using System.Globalization;
using Microsoft.Win32.SafeHandles;
using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Caching;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>The engine that runs modules as native code, by libwasmtime's C API.</summary>
internal sealed unsafe class WasmtimeEngine : IWasmEngine
{
    private readonly NativeEngine?[] _engines = new NativeEngine?[3];
    private readonly Lock _lock = new();
    private readonly InterruptTicker _ticker;
    private readonly Lazy<string> _version;
    private readonly Lazy<string> _fingerprint;
    private bool _poolRefused;
    private bool _disposed;

    private WasmtimeEngine(WasmtimeLibrary library, WasmtimeOptions options)
    {
        Library = library;
        Options = options;
        _ticker = new InterruptTicker(IncrementEpoch);
        _version = new Lazy<string>(FindVersion);
        _fingerprint = new Lazy<string>(FindFingerprint);
    }

    /// <inheritdoc/>
    public string Name => "wasmtime";

    /// <inheritdoc/>
    public string Version => _version.Value;

    /// <summary>The library.</summary>
    public WasmtimeLibrary Library { get; }

    /// <summary>How the engine was set up.</summary>
    public WasmtimeOptions Options { get; }

    /// <summary>Loads the library and makes an engine.</summary>
    /// <param name="options">How.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="reason">Why there is none, in words for a person.</param>
    public static bool TryCreate(WasmtimeOptions options, out WasmtimeEngine? engine, out string? reason)
    {
        engine = null;
        if (!WasmtimeLocator.TryLoad(options.LibraryPath, out WasmtimeLibrary? library, out reason))
            return false;
        WasmtimeEngine made = new(library!, options);
        if (made.TryGet(AllocationStrategy.Pooled) is null)
        {
            made.Dispose();
            reason = $"{library!.Path} does not support this machine";
            return false;
        }

        engine = made;
        return true;
    }

    /// <inheritdoc/>
    public IWasmModule Compile(ReadOnlyMemory<byte> binary, in ContentHash hash) => new WasmtimeModule(this, binary, hash);

    /// <inheritdoc cref="Compile(ReadOnlyMemory{byte}, in ContentHash)"/>
    public IWasmModule Compile(ReadOnlyMemory<byte> binary) => Compile(binary, ContentHash.Of(binary.Span));

    /// <inheritdoc/>
    public void Dispose()
    {
        _ticker.Dispose();
        lock (_lock)
        {
            _disposed = true;
            foreach (NativeEngine? engine in _engines)
                engine?.Dispose();
        }
    }

    /// <summary>Asks an instance's guest, wherever it is, to call back.</summary>
    internal void Interrupt(WasmtimeInstance instance) => _ticker.Add(instance);

    /// <summary>The native engine for a strategy. One that cannot have a pool gets one without.</summary>
    internal NativeEngine Get(AllocationStrategy strategy) =>
        TryGet(strategy) ?? throw new InvalidOperationException("the engine cannot be made");

    /// <summary>Code for a module: from the cache, else compiled and put there.</summary>
    /// <param name="engine">The native engine that it is for.</param>
    /// <param name="binary">The module.</param>
    /// <param name="hash">The module's hash.</param>
    /// <param name="refusal">Why the library refuses a module that is valid: it may not fit into the engine's pool.</param>
    /// <returns>The code, or null where the library refuses it.</returns>
    /// <exception cref="WasmFormatException">The module is not valid.</exception>
    internal WasmtimeHandle? TryLoad(NativeEngine engine, ReadOnlyMemory<byte> binary, in ContentHash hash, out string? refusal)
    {
        refusal = null;
        CompiledCodeCache? cache = Options.Cache;
        string? key = null;
        if (cache is not null)
        {
            key = CompiledCodeCache.Key(hash, $"{Name} {_fingerprint.Value}", $"{(int)engine.Strategy} {Options.MaxStackBytes} {GrowthInstrumentation.Revision}");
            if (cache.TryGet(key, out string path) && TryDeserialize(engine, path) is { } loaded)
                return loaded;
        }

        // Our own validation first: what is refused, and why, is the same on every engine.
        ModuleDefinition definition = ModuleDecoder.Decode(binary);
        ModuleDecoder.ValidateBodies(definition);
        if (TryCompileNative(engine, GrowthInstrumentation.Apply(definition) ?? binary.Span, out refusal) is not { } module)
            return null;
        if (key is not null)
        {
            NativeVector artifact;
            nint error = Library.ModuleSerialize(module.Value, &artifact);
            if (error != 0)
            {
                Library.TakeErrorMessage(error);
                return module;
            }

            cache!.Store(key, artifact.Bytes);
            Library.ByteVectorDelete(&artifact);
        }

        return module;
    }

    private WasmtimeHandle? TryCompileNative(NativeEngine engine, ReadOnlySpan<byte> binary, out string? refusal)
    {
        nint module;
        nint error;
        fixed (byte* bytes = binary)
            error = Library.ModuleNew(engine.Value, bytes, (nuint)binary.Length, &module);
        refusal = error != 0 ? Library.TakeErrorMessage(error) : null;
        return error != 0 ? null : new WasmtimeHandle(module, Library.ModuleDelete);
    }

    // The cache has verified that the file is ours. What another version or machine has made is refused by the library.
    private WasmtimeHandle? TryDeserialize(NativeEngine engine, string path)
    {
        nint module;
        nint error;
        fixed (byte* name = System.Text.Encoding.UTF8.GetBytes(path + '\0'))
            error = Library.ModuleDeserializeFile(engine.Value, name, &module);
        if (error == 0)
            return new WasmtimeHandle(module, Library.ModuleDelete);
        Library.TakeErrorMessage(error);
        return null;
    }

    private NativeEngine? TryGet(AllocationStrategy strategy)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (strategy == AllocationStrategy.Pooled && (_poolRefused || Options.PoolSlots == 0))
                strategy = AllocationStrategy.OnDemand;
            ref NativeEngine? engine = ref _engines[(int)strategy];
            if (engine is not null)
                return engine;
            engine = NativeEngine.Create(Library, strategy, Options);
            if (engine is null && strategy == AllocationStrategy.Pooled)
            {
                _poolRefused = true;
                return TryGet(AllocationStrategy.OnDemand);
            }

            return engine;
        }
    }

    private void IncrementEpoch()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            foreach (NativeEngine? engine in _engines)
            {
                if (engine is not null)
                    Library.EngineIncrementEpoch(engine.Value);
            }
        }
    }

    // The library does not tell its version, but what it compiles does: here, the smallest module.
    private string FindVersion()
    {
        using WasmtimeHandle? module = TryCompileNative(Get(AllocationStrategy.OnDemand), [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0], out _);
        if (module is null)
            return "unknown";
        NativeVector artifact;
        nint error = Library.ModuleSerialize(module.Value, &artifact);
        if (error != 0)
        {
            Library.TakeErrorMessage(error);
            return "unknown";
        }

        string version = CompiledArtifact.Version(artifact.Bytes) ?? "unknown";
        Library.ByteVectorDelete(&artifact);
        return version;
    }

    // Tells libraries apart without a compilation, which start-up has no time for.
    private string FindFingerprint()
    {
        if (!File.Exists(Library.Path))
            return Version;
        using SafeFileHandle file = File.OpenHandle(Library.Path);
        return string.Create(CultureInfo.InvariantCulture, $"{RandomAccess.GetLength(file):x}-{File.GetLastWriteTimeUtc(file).Ticks:x}");
    }
}
