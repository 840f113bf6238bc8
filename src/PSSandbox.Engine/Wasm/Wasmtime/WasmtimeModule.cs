using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>A module that was compiled to native code; for other strategies than the first, when they are needed.</summary>
internal sealed class WasmtimeModule : IWasmModule
{
    private readonly WasmImport[] _imports;
    private readonly WasmExport[] _exports;
    private readonly ReadOnlyMemory<byte> _binary;
    private readonly ContentHash _hash;
    private readonly WasmtimeHandle?[] _native = new WasmtimeHandle?[3];
    private readonly Lock _lock = new();
    private bool _fitsPool = true;
    private bool _disposed;

    /// <summary>Compiles a module, or finds it compiled.</summary>
    /// <exception cref="WasmFormatException">It is malformed, invalid or over a complexity limit.</exception>
    public WasmtimeModule(WasmtimeEngine engine, ReadOnlyMemory<byte> binary, in ContentHash hash)
    {
        Engine = engine;
        _binary = binary;
        _hash = hash;
        Native(EngineFor(fueled: false));

        // It is valid: it was decoded to be compiled, now or when its code was put into the cache.
        ModuleInterface needs = ModuleInterface.Read(binary.Span);
        _imports = needs.Imports;
        _exports = needs.Exports;
        Tables = needs.Tables;
        foreach (WasmTableSize table in needs.Tables)
            _fitsPool &= table.Maximum <= NativeEngine.PoolTableElements;
        HasStart = needs.HasStart;
        if (!needs.HasMemory)
            return;
        InitialMemoryBytes = needs.MemoryIsImported ? 0 : (long)needs.MinimumPages * MemoryType.PageSize;
        MaximumMemoryBytes = (long)needs.MaximumPages * MemoryType.PageSize;
        MemoryExport = GrowthInstrumentation.MemoryExportName(_exports);
    }

    /// <inheritdoc/>
    public IReadOnlyList<WasmImport> Imports => _imports;

    /// <inheritdoc/>
    public IReadOnlyList<WasmExport> Exports => _exports;

    /// <inheritdoc/>
    public IReadOnlyList<WasmTableSize> Tables { get; }

    /// <summary>The engine.</summary>
    internal WasmtimeEngine Engine { get; }

    /// <summary>Whether instantiation runs code.</summary>
    internal bool HasStart { get; }

    /// <summary>What an instance's memory has at the beginning.</summary>
    internal long InitialMemoryBytes { get; }

    /// <summary>What the module says an instance's memory may have at most.</summary>
    internal long MaximumMemoryBytes { get; }

    /// <summary>The export by which the memory is reached; null where there is none.</summary>
    internal string? MemoryExport { get; }

    /// <inheritdoc/>
    public IWasmTemplate Link(Func<WasmImport, HostFunction?> resolve)
    {
        HostFunction[] functions = new HostFunction[_imports.Length];
        for (int i = 0; i < functions.Length; i++)
        {
            WasmImport import = _imports[i];
            if (import.Kind != WasmExternKind.Function)
                throw new WasmLinkException($"import {import.Module}.{import.Name} is not a function: only functions can be given");
            functions[i] = resolve(import) ?? throw new WasmLinkException($"unknown import {import.Module}.{import.Name}");
        }

        return new WasmtimeTemplate(this, functions);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (WasmtimeHandle? module in _native)
                module?.Dispose();
        }
    }

    /// <summary>The native engine that instances are made by at first: that with the pool, unless the module does not fit into it.</summary>
    internal NativeEngine EngineFor(bool fueled)
    {
        if (fueled)
            return Engine.Get(AllocationStrategy.Fueled);
        NativeEngine engine = Engine.Get(AllocationStrategy.Pooled);
        lock (_lock)
        {
            if (_fitsPool)
                _fitsPool = TryNative(engine, out _) is not null;
            return _fitsPool ? engine : Engine.Get(AllocationStrategy.OnDemand);
        }
    }

    /// <summary>The module's code for one native engine.</summary>
    /// <exception cref="WasmFormatException">The library refuses the module.</exception>
    internal WasmtimeHandle Native(NativeEngine engine)
    {
        lock (_lock)
            return TryNative(engine, out string? refusal) ?? throw new WasmFormatException(0, refusal!);
    }

    private WasmtimeHandle? TryNative(NativeEngine engine, out string? refusal)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        refusal = null;
        return _native[(int)engine.Strategy] ??= Engine.TryLoad(engine, _binary, _hash, out refusal);
    }
}
