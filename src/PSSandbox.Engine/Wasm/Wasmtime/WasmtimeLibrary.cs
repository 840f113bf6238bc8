using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>
/// The functions of one loaded libwasmtime. They are function pointers, not P/Invoke declarations, so that the path
/// of the library is a run-time choice and two versions can be loaded side by side. Only functions are bound whose
/// signature and structures are the same from version 34 on; what has changed between versions (the layout of typed
/// values, unrooting of references, memory types, numbers of trap codes) is not used or is found out at run time.
/// </summary>
/// <remarks>
/// Functions that only read a field are called without a GC transition: they take nanoseconds, never block and never
/// call back.
/// </remarks>
internal sealed unsafe class WasmtimeLibrary
{
    // Engine and configuration.
    public readonly delegate* unmanaged[Cdecl]<nint> ConfigNew;
    public readonly delegate* unmanaged[Cdecl]<nint, nint> EngineNewWithConfig;
    public readonly delegate* unmanaged[Cdecl]<nint, void> EngineDelete;
    public readonly delegate* unmanaged[Cdecl]<nint, void> EngineIncrementEpoch;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigConsumeFuel;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigEpochInterruption;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigParallelCompilation;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigMemoryInitCow;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigNativeUnwindInfo;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigSimd;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigRelaxedSimd;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigBulkMemory;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigReferenceTypes;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigMultiValue;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigTailCall;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigMultiMemory;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigMemory64;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigThreads;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigFunctionReferences;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigGarbageCollection;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigWideArithmetic;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigExceptions;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigStackSwitching;
    public readonly delegate* unmanaged[Cdecl]<nint, byte, void> ConfigCustomPageSizes;
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, void> ConfigMaxWasmStack;
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, void> ConfigAsyncStackSize;

    // The pooling allocator.
    public readonly delegate* unmanaged[Cdecl]<nint> PoolingNew;
    public readonly delegate* unmanaged[Cdecl]<nint, void> PoolingDelete;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, void> PoolingStrategySet;
    public readonly delegate* unmanaged[Cdecl]<nint, uint, void> PoolingTotalCoreInstances;
    public readonly delegate* unmanaged[Cdecl]<nint, uint, void> PoolingTotalMemories;
    public readonly delegate* unmanaged[Cdecl]<nint, uint, void> PoolingTotalTables;
    public readonly delegate* unmanaged[Cdecl]<nint, uint, void> PoolingTotalStacks;
    public readonly delegate* unmanaged[Cdecl]<nint, uint, void> PoolingMaxTablesPerModule;
    public readonly delegate* unmanaged[Cdecl]<nint, uint, void> PoolingMaxUnusedWarmSlots;
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, void> PoolingTableElements;
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, void> PoolingMaxCoreInstanceSize;
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, void> PoolingMemoryKeepResident;
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, void> PoolingTableKeepResident;

    // Modules.
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint*, nint> ModuleNew;
    public readonly delegate* unmanaged[Cdecl]<nint, NativeVector*, nint> ModuleSerialize;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint*, nint> ModuleDeserialize;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nint*, nint> ModuleDeserializeFile;
    public readonly delegate* unmanaged[Cdecl]<nint, NativeVector*, void> ModuleImports;
    public readonly delegate* unmanaged[Cdecl]<nint, void> ModuleDelete;
    public readonly delegate* unmanaged[Cdecl]<nint, nint> ImportTypeType;
    public readonly delegate* unmanaged[Cdecl]<nint, nint> ExternTypeAsFunctionType;
    public readonly delegate* unmanaged[Cdecl]<NativeVector*, void> ImportTypeVectorDelete;
    public readonly delegate* unmanaged[Cdecl]<NativeVector*, void> ByteVectorDelete;

    // Linking and instances.
    public readonly delegate* unmanaged[Cdecl]<nint, nint> LinkerNew;
    public readonly delegate* unmanaged[Cdecl]<nint, void> LinkerDelete;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, nint, void*, void*, void*, nint> LinkerDefineFunctionUnchecked;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, nint*, nint> LinkerInstantiatePre;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, NativeInstance*, nint*, nint> InstancePreInstantiate;
    public readonly delegate* unmanaged[Cdecl]<nint, void> InstancePreDelete;
    public readonly delegate* unmanaged[Cdecl]<nint, NativeInstance*, byte*, nuint, NativeExtern*, byte> InstanceExportGet;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, NativeExtern*, byte> CallerExportGet;
    public readonly delegate* unmanaged[Cdecl]<nint, NativeFunction*, WasmValue*, nuint, nint*, nint> FunctionCallUnchecked;

    // Stores.
    public readonly delegate* unmanaged[Cdecl]<nint, void*, void*, nint> StoreNew;
    public readonly delegate* unmanaged[Cdecl]<nint, void> StoreDelete;
    public readonly delegate* unmanaged[Cdecl]<nint, nint> StoreContext;
    public readonly delegate* unmanaged[Cdecl]<nint, long, long, long, long, long, void> StoreLimiter;
    public readonly delegate* unmanaged[Cdecl]<nint, void*, void*, void*, void> StoreEpochDeadlineCallback;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong, void> ContextSetEpochDeadline;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong, nint> ContextSetFuel;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong*, nint> ContextGetFuel;
    public readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, NativeMemory*, byte*> MemoryData;
    public readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, NativeMemory*, nuint> MemoryDataSize;

    // References to host objects.
    public readonly delegate* unmanaged[Cdecl]<nint, void*, void*, NativeReference*, byte> ExternRefNew;
    public readonly delegate* unmanaged[Cdecl]<nint, NativeReference*, void*> ExternRefData;
    public readonly delegate* unmanaged[Cdecl]<nint, uint, NativeReference*, void> ExternRefFromRaw;
    public readonly delegate* unmanaged[Cdecl]<nint, NativeReference*, uint> ExternRefToRaw;

    // Errors and traps.
    public readonly delegate* unmanaged[Cdecl]<byte*, nint> ErrorNew;
    public readonly delegate* unmanaged[Cdecl]<nint, NativeVector*, void> ErrorMessage;
    public readonly delegate* unmanaged[Cdecl]<nint, void> ErrorDelete;
    public readonly delegate* unmanaged[Cdecl]<byte*, nuint, nint> TrapNew;
    public readonly delegate* unmanaged[Cdecl]<byte, nint> TrapNewCode;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, byte> TrapCode;
    public readonly delegate* unmanaged[Cdecl]<nint, NativeVector*, void> TrapMessage;
    public readonly delegate* unmanaged[Cdecl]<nint, void> TrapDelete;

    private readonly nint _handle;
    private byte _outOfFuelCode;

    private WasmtimeLibrary(string path, nint handle)
    {
        Path = path;
        _handle = handle;
        ConfigNew = (delegate* unmanaged[Cdecl]<nint>)Function("wasm_config_new");
        EngineNewWithConfig = (delegate* unmanaged[Cdecl]<nint, nint>)Function("wasm_engine_new_with_config");
        EngineDelete = (delegate* unmanaged[Cdecl]<nint, void>)Function("wasm_engine_delete");
        EngineIncrementEpoch = (delegate* unmanaged[Cdecl]<nint, void>)Function("wasmtime_engine_increment_epoch");
        ConfigConsumeFuel = Switch("consume_fuel");
        ConfigEpochInterruption = Switch("epoch_interruption");
        ConfigParallelCompilation = Switch("parallel_compilation");
        ConfigMemoryInitCow = Switch("memory_init_cow");
        ConfigNativeUnwindInfo = Switch("native_unwind_info");
        ConfigSimd = Switch("wasm_simd");
        ConfigRelaxedSimd = Switch("wasm_relaxed_simd");
        ConfigBulkMemory = Switch("wasm_bulk_memory");
        ConfigReferenceTypes = Switch("wasm_reference_types");
        ConfigMultiValue = Switch("wasm_multi_value");
        ConfigTailCall = Switch("wasm_tail_call");
        ConfigMultiMemory = Switch("wasm_multi_memory");
        ConfigMemory64 = Switch("wasm_memory64");
        ConfigThreads = Switch("wasm_threads");
        ConfigFunctionReferences = Switch("wasm_function_references");
        ConfigGarbageCollection = Switch("wasm_gc");
        ConfigWideArithmetic = Switch("wasm_wide_arithmetic");
        ConfigExceptions = SwitchIfPresent("wasm_exceptions");
        ConfigStackSwitching = SwitchIfPresent("wasm_stack_switching");
        ConfigCustomPageSizes = SwitchIfPresent("wasm_custom_page_sizes");
        ConfigMaxWasmStack = (delegate* unmanaged[Cdecl]<nint, nuint, void>)Function("wasmtime_config_max_wasm_stack_set");
        ConfigAsyncStackSize = (delegate* unmanaged[Cdecl]<nint, nuint, void>)Function("wasmtime_config_async_stack_size_set");
        PoolingNew = (delegate* unmanaged[Cdecl]<nint>)Function("wasmtime_pooling_allocation_config_new");
        PoolingDelete = (delegate* unmanaged[Cdecl]<nint, void>)Function("wasmtime_pooling_allocation_config_delete");
        PoolingStrategySet = (delegate* unmanaged[Cdecl]<nint, nint, void>)Function("wasmtime_pooling_allocation_strategy_set");
        PoolingTotalCoreInstances = Count("total_core_instances");
        PoolingTotalMemories = Count("total_memories");
        PoolingTotalTables = Count("total_tables");
        PoolingTotalStacks = Count("total_stacks");
        PoolingMaxTablesPerModule = Count("max_tables_per_module");
        PoolingMaxUnusedWarmSlots = Count("max_unused_warm_slots");
        PoolingTableElements = Size("table_elements");
        PoolingMaxCoreInstanceSize = Size("max_core_instance_size");
        PoolingMemoryKeepResident = Size("linear_memory_keep_resident");
        PoolingTableKeepResident = Size("table_keep_resident");
        ModuleNew = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint*, nint>)Function("wasmtime_module_new");
        ModuleSerialize = (delegate* unmanaged[Cdecl]<nint, NativeVector*, nint>)Function("wasmtime_module_serialize");
        ModuleDeserialize = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint*, nint>)Function("wasmtime_module_deserialize");
        ModuleDeserializeFile = (delegate* unmanaged[Cdecl]<nint, byte*, nint*, nint>)Function("wasmtime_module_deserialize_file");
        ModuleImports = (delegate* unmanaged[Cdecl]<nint, NativeVector*, void>)Function("wasmtime_module_imports");
        ModuleDelete = (delegate* unmanaged[Cdecl]<nint, void>)Function("wasmtime_module_delete");
        ImportTypeType = (delegate* unmanaged[Cdecl]<nint, nint>)Function("wasm_importtype_type");
        ExternTypeAsFunctionType = (delegate* unmanaged[Cdecl]<nint, nint>)Function("wasm_externtype_as_functype_const");
        ImportTypeVectorDelete = (delegate* unmanaged[Cdecl]<NativeVector*, void>)Function("wasm_importtype_vec_delete");
        ByteVectorDelete = (delegate* unmanaged[Cdecl]<NativeVector*, void>)Function("wasm_byte_vec_delete");
        LinkerNew = (delegate* unmanaged[Cdecl]<nint, nint>)Function("wasmtime_linker_new");
        LinkerDelete = (delegate* unmanaged[Cdecl]<nint, void>)Function("wasmtime_linker_delete");
        LinkerDefineFunctionUnchecked = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, nint, void*, void*, void*, nint>)
            Function("wasmtime_linker_define_func_unchecked");
        LinkerInstantiatePre = (delegate* unmanaged[Cdecl]<nint, nint, nint*, nint>)Function("wasmtime_linker_instantiate_pre");
        InstancePreInstantiate = (delegate* unmanaged[Cdecl]<nint, nint, NativeInstance*, nint*, nint>)Function("wasmtime_instance_pre_instantiate");
        InstancePreDelete = (delegate* unmanaged[Cdecl]<nint, void>)Function("wasmtime_instance_pre_delete");
        InstanceExportGet = (delegate* unmanaged[Cdecl]<nint, NativeInstance*, byte*, nuint, NativeExtern*, byte>)Function("wasmtime_instance_export_get");
        CallerExportGet = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, NativeExtern*, byte>)Function("wasmtime_caller_export_get");
        FunctionCallUnchecked = (delegate* unmanaged[Cdecl]<nint, NativeFunction*, WasmValue*, nuint, nint*, nint>)Function("wasmtime_func_call_unchecked");
        StoreNew = (delegate* unmanaged[Cdecl]<nint, void*, void*, nint>)Function("wasmtime_store_new");
        StoreDelete = (delegate* unmanaged[Cdecl]<nint, void>)Function("wasmtime_store_delete");
        StoreContext = (delegate* unmanaged[Cdecl]<nint, nint>)Function("wasmtime_store_context");
        StoreLimiter = (delegate* unmanaged[Cdecl]<nint, long, long, long, long, long, void>)Function("wasmtime_store_limiter");
        StoreEpochDeadlineCallback = (delegate* unmanaged[Cdecl]<nint, void*, void*, void*, void>)Function("wasmtime_store_epoch_deadline_callback");
        ContextSetEpochDeadline = (delegate* unmanaged[Cdecl]<nint, ulong, void>)Function("wasmtime_context_set_epoch_deadline");
        ContextSetFuel = (delegate* unmanaged[Cdecl]<nint, ulong, nint>)Function("wasmtime_context_set_fuel");
        ContextGetFuel = (delegate* unmanaged[Cdecl]<nint, ulong*, nint>)Function("wasmtime_context_get_fuel");
        MemoryData = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, NativeMemory*, byte*>)Function("wasmtime_memory_data");
        MemoryDataSize = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, NativeMemory*, nuint>)Function("wasmtime_memory_data_size");
        ExternRefNew = (delegate* unmanaged[Cdecl]<nint, void*, void*, NativeReference*, byte>)Function("wasmtime_externref_new");
        ExternRefData = (delegate* unmanaged[Cdecl]<nint, NativeReference*, void*>)Function("wasmtime_externref_data");
        ExternRefFromRaw = (delegate* unmanaged[Cdecl]<nint, uint, NativeReference*, void>)Function("wasmtime_externref_from_raw");
        ExternRefToRaw = (delegate* unmanaged[Cdecl]<nint, NativeReference*, uint>)Function("wasmtime_externref_to_raw");
        ErrorNew = (delegate* unmanaged[Cdecl]<byte*, nint>)Function("wasmtime_error_new");
        ErrorMessage = (delegate* unmanaged[Cdecl]<nint, NativeVector*, void>)Function("wasmtime_error_message");
        ErrorDelete = (delegate* unmanaged[Cdecl]<nint, void>)Function("wasmtime_error_delete");
        TrapNew = (delegate* unmanaged[Cdecl]<byte*, nuint, nint>)Function("wasmtime_trap_new");
        TrapNewCode = (delegate* unmanaged[Cdecl]<byte, nint>)Function("wasmtime_trap_new_code");
        TrapCode = (delegate* unmanaged[Cdecl]<nint, byte*, byte>)Function("wasmtime_trap_code");
        TrapMessage = (delegate* unmanaged[Cdecl]<nint, NativeVector*, void>)Function("wasm_trap_message");
        TrapDelete = (delegate* unmanaged[Cdecl]<nint, void>)Function("wasm_trap_delete");
    }

    /// <summary>Where the library was loaded from.</summary>
    public string Path { get; }

    /// <summary>The number of the trap code for used-up fuel, which is 12 in older versions and 11 in newer ones.</summary>
    public byte OutOfFuelCode
    {
        get
        {
            if (_outOfFuelCode == 0)
                _outOfFuelCode = FindOutOfFuelCode();
            return _outOfFuelCode;
        }
    }

    /// <summary>Loads a library. It stays loaded: native code may be on some thread's stack at any time.</summary>
    /// <param name="path">A file, or a bare name that the system's loader searches for.</param>
    /// <param name="library">The library.</param>
    /// <param name="reason">Why it could not be loaded, in words for a person.</param>
    public static bool TryLoad(string path, out WasmtimeLibrary? library, out string? reason)
    {
        library = null;
        reason = null;
        try
        {
            bool loaded = System.IO.Path.IsPathRooted(path)
                ? NativeLibrary.TryLoad(path, out nint handle)
                : NativeLibrary.TryLoad(path, Assembly.GetExecutingAssembly(), DllImportSearchPath.SafeDirectories, out handle);
            if (!loaded)
            {
                reason = System.IO.Path.IsPathRooted(path) && !File.Exists(path)
                    ? $"{path} does not exist"
                    : $"{path} could not be loaded";
                return false;
            }

            library = new WasmtimeLibrary(path, handle);
            return true;
        }
        catch (EntryPointNotFoundException e)
        {
            reason = $"{path} is not a libwasmtime that this program can use: it lacks {e.Message}";
            return false;
        }
    }

    /// <summary>Reads and frees an error.</summary>
    public string TakeErrorMessage(nint error)
    {
        NativeVector message;
        ErrorMessage(error, &message);
        string text = Encoding.UTF8.GetString(message.Bytes);
        ByteVectorDelete(&message);
        ErrorDelete(error);
        return text;
    }

    /// <summary>The text of a trap, which stays owned by the caller.</summary>
    public string ReadTrapMessage(nint trap)
    {
        NativeVector message;
        TrapMessage(trap, &message);
        string text = Encoding.UTF8.GetString(message.Bytes).TrimEnd('\0');
        ByteVectorDelete(&message);
        return text;
    }

    // Code 10 is an interrupt in all versions; one of the next two is fuel. Both are valid codes in all versions.
    private byte FindOutOfFuelCode()
    {
        for (byte code = 11; code <= 12; code++)
        {
            nint trap = TrapNewCode(code);
            string message = ReadTrapMessage(trap);
            TrapDelete(trap);
            if (message.Contains("fuel", StringComparison.Ordinal))
                return code;
        }

        return byte.MaxValue;
    }

    private nint Function(string name) =>
        NativeLibrary.TryGetExport(_handle, name, out nint address) ? address : throw new EntryPointNotFoundException(name);

    private delegate* unmanaged[Cdecl]<nint, byte, void> Switch(string name) =>
        (delegate* unmanaged[Cdecl]<nint, byte, void>)Function($"wasmtime_config_{name}_set");

    // Of a feature that older versions do not have: nothing to switch off.
    private delegate* unmanaged[Cdecl]<nint, byte, void> SwitchIfPresent(string name) =>
        NativeLibrary.TryGetExport(_handle, $"wasmtime_config_{name}_set", out nint address)
            ? (delegate* unmanaged[Cdecl]<nint, byte, void>)address : &Nothing;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Nothing(nint config, byte value)
    {
    }

    private delegate* unmanaged[Cdecl]<nint, uint, void> Count(string name) =>
        (delegate* unmanaged[Cdecl]<nint, uint, void>)Function($"wasmtime_pooling_allocation_config_{name}_set");

    private delegate* unmanaged[Cdecl]<nint, nuint, void> Size(string name) =>
        (delegate* unmanaged[Cdecl]<nint, nuint, void>)Function($"wasmtime_pooling_allocation_config_{name}_set");
}
