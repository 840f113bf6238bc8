namespace PSSandbox.Wasm.Wasmtime;

/// <summary>One engine of the library (<c>wasm_engine_t</c>) with its configuration.</summary>
internal sealed unsafe class NativeEngine : IDisposable
{
    /// <summary>The most elements of a pooled instance's table: clang's output has one, of some thousand.</summary>
    public const int PoolTableElements = 64 * 1024;

    private const int PoolTablesPerModule = 4;

    private readonly WasmtimeHandle _engine;

    private NativeEngine(WasmtimeLibrary library, AllocationStrategy strategy, WasmtimeHandle engine)
    {
        Library = library;
        Strategy = strategy;
        _engine = engine;
    }

    /// <summary>The library.</summary>
    public WasmtimeLibrary Library { get; }

    /// <summary>How instances get their memory.</summary>
    public AllocationStrategy Strategy { get; }

    /// <summary>The engine.</summary>
    public nint Value => _engine.Value;

    /// <summary>Makes an engine, or null where the system refuses (no room for the pool's address space).</summary>
    public static NativeEngine? Create(WasmtimeLibrary library, AllocationStrategy strategy, WasmtimeOptions options)
    {
        nint config = library.ConfigNew();
        library.ConfigEpochInterruption(config, 1);
        library.ConfigConsumeFuel(config, strategy == AllocationStrategy.Fueled ? (byte)1 : (byte)0);
        library.ConfigParallelCompilation(config, 1);
        library.ConfigMemoryInitCow(config, 1);
        library.ConfigSimd(config, 1);
        library.ConfigBulkMemory(config, 1);
        library.ConfigReferenceTypes(config, 1);
        library.ConfigMultiValue(config, 1);

        // WebAssembly 2.0 and no more: the same programs are accepted as by the managed engine. Switched off from
        // what builds on others to what others build on.
        library.ConfigStackSwitching(config, 0);
        library.ConfigExceptions(config, 0);
        library.ConfigGarbageCollection(config, 0);
        library.ConfigFunctionReferences(config, 0);
        library.ConfigRelaxedSimd(config, 0);
        library.ConfigTailCall(config, 0);
        library.ConfigMultiMemory(config, 0);
        library.ConfigMemory64(config, 0);
        library.ConfigThreads(config, 0);
        library.ConfigWideArithmetic(config, 0);
        library.ConfigCustomPageSizes(config, 0);

        // Only debuggers on Unix read unwind tables; traps are unwound without. Windows unwinds through them.
        if (!OperatingSystem.IsWindows())
            library.ConfigNativeUnwindInfo(config, 0);

        // The size of stacks for asynchronous calls is not used, but must not be the smaller one.
        library.ConfigAsyncStackSize(config, (nuint)options.MaxStackBytes + (1 << 20));
        library.ConfigMaxWasmStack(config, (nuint)options.MaxStackBytes);
        if (strategy == AllocationStrategy.Pooled)
            SetPool(library, config, options);
        nint engine = library.EngineNewWithConfig(config);
        return engine == 0 ? null : new NativeEngine(library, strategy, new WasmtimeHandle(engine, library.EngineDelete));
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    private static void SetPool(WasmtimeLibrary library, nint config, WasmtimeOptions options)
    {
        nint pool = library.PoolingNew();
        uint slots = (uint)options.PoolSlots;
        library.PoolingTotalCoreInstances(pool, slots);
        library.PoolingTotalMemories(pool, slots);
        library.PoolingTotalTables(pool, slots);
        library.PoolingTotalStacks(pool, 1);
        library.PoolingMaxTablesPerModule(pool, PoolTablesPerModule);
        library.PoolingTableElements(pool, PoolTableElements);
        library.PoolingMaxUnusedWarmSlots(pool, Math.Min(slots, 64));
        library.PoolingMemoryKeepResident(pool, (nuint)options.KeepResidentBytes);
        library.PoolingTableKeepResident(pool, 16 << 10);
        library.PoolingStrategySet(config, pool);
        library.PoolingDelete(pool);
    }
}
