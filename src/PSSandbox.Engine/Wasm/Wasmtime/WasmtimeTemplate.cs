using System.Runtime.CompilerServices;
using System.Text;

namespace PSSandbox.Wasm.Wasmtime;

/// <summary>A module with its imports bound. The library's form of it is made once for each strategy.</summary>
internal sealed unsafe class WasmtimeTemplate : IWasmTemplate
{
    private static readonly WasmImport GrowthImport = new(
        GrowthInstrumentation.ImportModule, GrowthInstrumentation.ImportName, WasmExternKind.Function,
        new WasmFunctionType(WasmFunctionType.Number, WasmFunctionType.Number));

    private readonly WasmtimeHandle?[] _native = new WasmtimeHandle?[3];
    private readonly Lock _lock = new();

    /// <summary>Binds imports.</summary>
    /// <exception cref="WasmLinkException">Two imports of one name differ in type.</exception>
    public WasmtimeTemplate(WasmtimeModule module, HostFunction[] functions)
    {
        Module = module;
        Functions = [.. functions, static (caller, values) => ((WasmtimeInstance)caller).AnswerGrowth(ref values[0])];
        References = new ReferencePositions?[Functions.Length];
        for (int i = 0; i < functions.Length; i++)
            References[i] = ReferencePositions.Of(module.Imports[i].FunctionType!);
        Native(module.EngineFor(fueled: false));
    }

    /// <summary>The module.</summary>
    public WasmtimeModule Module { get; }

    /// <inheritdoc/>
    IWasmModule IWasmTemplate.Module => Module;

    /// <summary>The host's functions, by index of the import; last our own that is asked before memory grows.</summary>
    internal HostFunction[] Functions { get; }

    /// <summary>Where their signatures have references to host objects; null for nearly all.</summary>
    internal ReferencePositions?[] References { get; }

    /// <inheritdoc/>
    public IWasmInstance Instantiate(object? state, in WasmLimits limits)
    {
        if (limits.MaxMemoryBytes > 0 && Module.InitialMemoryBytes > limits.MaxMemoryBytes)
        {
            throw new WasmLinkException(
                $"the module needs {Module.InitialMemoryBytes} bytes of memory, the limit is {limits.MaxMemoryBytes}");
        }

        NativeEngine engine = Module.EngineFor(fueled: limits.Fuel > 0);
        WasmtimeInstance instance = new(this, state, limits);
        try
        {
            if (!instance.TryStart(engine, Native(engine)))
            {
                // The pool is used up, or too small for this module.
                engine = Module.Engine.Get(AllocationStrategy.OnDemand);
                instance.TryStart(engine, Native(engine));
            }
        }
        catch
        {
            instance.Dispose();
            throw;
        }

        return instance;
    }

    /// <summary>The library's form of this template (<c>wasmtime_instance_pre_t</c>).</summary>
    private WasmtimeHandle Native(NativeEngine engine)
    {
        WasmtimeHandle? made = Volatile.Read(ref _native[(int)engine.Strategy]);
        if (made is not null)
            return made;
        lock (_lock)
            return _native[(int)engine.Strategy] ??= Make(engine);
    }

    private WasmtimeHandle Make(NativeEngine engine)
    {
        WasmtimeLibrary library = engine.Library;
        WasmtimeHandle module = Module.Native(engine);
        using WasmtimeHandle linker = new(library.LinkerNew(engine.Value), library.LinkerDelete);
        NativeVector imports;
        library.ModuleImports(module.Value, &imports);
        try
        {
            // A module that grows its memory has one import more than its author gave it.
            Dictionary<string, WasmImport> defined = new(StringComparer.Ordinal);
            for (int i = 0; i < (int)imports.Length; i++)
            {
                WasmImport import = i < Module.Imports.Count ? Module.Imports[i] : GrowthImport;
                string both = $"{import.Module.Length} {import.Module}{import.Name}";
                if (!defined.TryAdd(both, import))
                {
                    RequireSame(import, defined[both]);
                    continue;
                }

                // The type as the library knows it: its C interface cannot make one that has vectors.
                nint type = library.ExternTypeAsFunctionType(library.ImportTypeType(((nint*)imports.Data)[i]));
                Define(library, linker.Value, import, type, i);
            }
        }
        finally
        {
            Free(library, &imports);
        }

        nint pre;
        nint error = library.LinkerInstantiatePre(linker.Value, module.Value, &pre);
        if (error != 0)
            throw new WasmLinkException(library.TakeErrorMessage(error));
        return new WasmtimeHandle(pre, library.InstancePreDelete);
    }

    // A method of its own: a native call in a finally block is not compiled ahead of time, nor is the method that it is in.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Free(WasmtimeLibrary library, NativeVector* imports) => library.ImportTypeVectorDelete(imports);

    private static void Define(WasmtimeLibrary library, nint linker, WasmImport import, nint type, int index)
    {
        byte[] module = Encoding.UTF8.GetBytes(import.Module + '\0');
        byte[] name = Encoding.UTF8.GetBytes(import.Name + '\0');
        nint error;
        fixed (byte* modulePointer = module)
        fixed (byte* namePointer = name)
        {
            error = library.LinkerDefineFunctionUnchecked(
                linker, modulePointer, (nuint)module.Length - 1, namePointer, (nuint)name.Length - 1,
                type, WasmtimeInstance.HostCallback, (void*)index, null);
        }

        if (error != 0)
            throw new WasmLinkException(library.TakeErrorMessage(error));
    }

    // The library finds an import by its name, so one name is one function.
    private static void RequireSame(WasmImport import, WasmImport first)
    {
        if (!import.FunctionType!.Matches(first.FunctionType!))
            throw new WasmLinkException($"import {import.Module}.{import.Name} is asked for with two different types");
    }
}
