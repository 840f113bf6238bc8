using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using PSSandbox.Wasm;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Tests.Wasm.Wasmtime;

/// <summary>
/// The Wasmtime engine, with what the product has no use for: instances of one store that import from each other, by
/// the library's linker.
/// </summary>
internal sealed unsafe class WasmtimeSpecificationTarget : SpecificationTarget
{
    private readonly WasmtimeEngine _engine;
    private readonly WasmtimeLibrary _library;
    private readonly nint _store;
    private readonly nint _context;
    private readonly nint _linker;
    private readonly delegate* unmanaged[Cdecl]<nint, byte, void> _allowShadowing;
    private readonly delegate* unmanaged[Cdecl]<nint, nint, byte*, nuint, NativeInstance*, nint> _defineInstance;
    private readonly delegate* unmanaged[Cdecl]<nint, nint, nint, NativeInstance*, nint*, nint> _instantiate;
    private readonly delegate* unmanaged[Cdecl]<nint, void*, byte*, void> _globalGet;

    public WasmtimeSpecificationTarget(WasmtimeEngine engine)
    {
        _engine = engine;
        _library = engine.Library;
        nint handle = NativeLibrary.Load(_library.Path);
        _allowShadowing = (delegate* unmanaged[Cdecl]<nint, byte, void>)NativeLibrary.GetExport(handle, "wasmtime_linker_allow_shadowing");
        _defineInstance = (delegate* unmanaged[Cdecl]<nint, nint, byte*, nuint, NativeInstance*, nint>)
            NativeLibrary.GetExport(handle, "wasmtime_linker_define_instance");
        _instantiate = (delegate* unmanaged[Cdecl]<nint, nint, nint, NativeInstance*, nint*, nint>)
            NativeLibrary.GetExport(handle, "wasmtime_linker_instantiate");
        _globalGet = (delegate* unmanaged[Cdecl]<nint, void*, byte*, void>)NativeLibrary.GetExport(handle, "wasmtime_global_get");
        _store = _library.StoreNew(Native.Value, null, null);
        _context = _library.StoreContext(_store);
        _library.ContextSetEpochDeadline(_context, 1UL << 60);
        _linker = _library.LinkerNew(Native.Value);
        _allowShadowing(_linker, 1);
    }

    private NativeEngine Native => _engine.Get(AllocationStrategy.OnDemand);

    public override void Compile(byte[] binary) => _engine.Compile(binary).Dispose();

    public override object Instantiate(byte[] binary)
    {
        WasmtimeModule module = (WasmtimeModule)_engine.Compile(binary);
        nint native = module.Native(Native).Value;
        DefineGrowth(native, module.Imports.Count);
        NativeInstance instance;
        nint trap = 0;
        nint error = _instantiate(_linker, _context, native, &instance, &trap);
        if (error != 0)
            throw new WasmLinkException(_library.TakeErrorMessage(error));
        if (trap != 0)
            throw Take(trap);
        return new Instance(module, instance);
    }

    public override void Register(string name, object instance)
    {
        NativeInstance native = ((Instance)instance).Native;
        byte[] bytes = Encoding.UTF8.GetBytes(name + '\0');
        nint error;
        fixed (byte* pointer = bytes)
            error = _defineInstance(_linker, _context, pointer, (nuint)bytes.Length - 1, &native);
        if (error != 0)
            throw new InvalidOperationException(_library.TakeErrorMessage(error));
    }

    public override void Invoke(object instance, WasmExport function, Span<WasmValue> values)
    {
        NativeExtern item = Export((Instance)instance, function);
        WasmFunctionType type = function.FunctionType!;
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            if (type.Parameters[i] == WasmValueType.ExternRef && values[i].Reference != 0)
            {
                NativeReference reference = default;
                Assert.NotEqual(0, _library.ExternRefNew(_context, (void*)values[i].Reference, null, &reference));
                values[i].I32 = (int)_library.ExternRefToRaw(_context, &reference);
            }
        }

        nint trap = 0;
        nint error;
        fixed (WasmValue* first = values)
            error = _library.FunctionCallUnchecked(_context, &item.Function, first, (nuint)values.Length, &trap);
        if (error != 0)
            throw new InvalidOperationException(_library.TakeErrorMessage(error));
        if (trap != 0)
            throw Take(trap);
        for (int i = 0; i < type.Results.Length; i++)
        {
            if (type.Results[i] != WasmValueType.ExternRef)
                continue;
            uint raw = (uint)values[i].I32;
            values[i] = default;
            NativeReference reference = default;
            if (raw != 0)
            {
                _library.ExternRefFromRaw(_context, raw, &reference);
                values[i].Reference = (nint)_library.ExternRefData(_context, &reference);
            }
        }
    }

    public override (WasmValue Value, WasmValueType Type) Get(object instance, WasmExport global)
    {
        // A typed value is a kind, and from the eighth byte on the value itself.
        NativeExtern item = Export((Instance)instance, global);
        byte* typed = stackalloc byte[64];
        _globalGet(_context, &item.Function, typed);
        WasmValue value = *(WasmValue*)(typed + 8);
        return (value, typed[0] switch
        {
            0 => WasmValueType.I32,
            1 => WasmValueType.I64,
            2 => WasmValueType.F32,
            3 => WasmValueType.F64,
            4 => WasmValueType.V128,
            5 => WasmValueType.FuncRef,
            _ => WasmValueType.ExternRef,
        });
    }

    public override IReadOnlyList<WasmExport> Exports(object instance) => ((Instance)instance).Module.Exports;

    public override void Dispose()
    {
        _library.LinkerDelete(_linker);
        _library.StoreDelete(_store);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint MayGrow(nint environment, nint caller, WasmValue* values, nuint count)
    {
        values[0].I32 = 1;
        return 0;
    }

    // The import that a module gets which grows its memory.
    private void DefineGrowth(nint module, int ownImports)
    {
        NativeVector imports;
        _library.ModuleImports(module, &imports);
        if ((int)imports.Length > ownImports)
        {
            nint type = _library.ExternTypeAsFunctionType(_library.ImportTypeType(((nint*)imports.Data)[ownImports]));
            ReadOnlySpan<byte> moduleName = Encoding.UTF8.GetBytes(GrowthInstrumentation.ImportModule);
            ReadOnlySpan<byte> name = Encoding.UTF8.GetBytes(GrowthInstrumentation.ImportName);
            fixed (byte* modulePointer = moduleName)
            fixed (byte* pointer = name)
            {
                Assert.Equal(0, _library.LinkerDefineFunctionUnchecked(
                    _linker, modulePointer, (nuint)moduleName.Length, pointer, (nuint)name.Length, type,
                    (delegate* unmanaged[Cdecl]<nint, nint, WasmValue*, nuint, nint>)&MayGrow, null, null));
            }
        }

        _library.ImportTypeVectorDelete(&imports);
    }

    private NativeExtern Export(Instance instance, WasmExport export)
    {
        NativeInstance native = instance.Native;
        NativeExtern item;
        byte[] bytes = Encoding.UTF8.GetBytes(export.Name + '\0');
        fixed (byte* pointer = bytes)
            Assert.NotEqual(0, _library.InstanceExportGet(_context, &native, pointer, (nuint)bytes.Length - 1, &item));
        return item;
    }

    private WasmTrapException Take(nint trap)
    {
        byte code;
        Assert.NotEqual(0, _library.TrapCode(trap, &code));
        WasmTrapException exception = TrapCodes.ToException(code, _library.OutOfFuelCode, () => _library.ReadTrapMessage(trap));
        _library.TrapDelete(trap);
        return exception;
    }

    private sealed record Instance(WasmtimeModule Module, NativeInstance Native);
}
