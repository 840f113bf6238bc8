using PSSandbox.Wasm;
using PSSandbox.Wasm.Managed;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Tests.Wasm;

/// <summary>The managed engine.</summary>
internal sealed class ManagedSpecificationTarget : SpecificationTarget
{
    private readonly ManagedEngine _engine = new();
    private readonly ManagedStore _store = new();
    private readonly Dictionary<string, ManagedInstance> _registered = new(StringComparer.Ordinal);
    private readonly Dictionary<object, ManagedModule> _modules = [];

    public override void Compile(byte[] binary) => _engine.Compile(binary);

    public override object Instantiate(byte[] binary)
    {
        ManagedModule module = _engine.Compile(binary);
        ManagedInstance instance = module.Link(_store, import =>
            _registered.TryGetValue(import.Module, out ManagedInstance? from)
            && _modules[from].Exports.FirstOrDefault(export => export.Name == import.Name) is { } export
                ? from.Export(export) : null).Instantiate(null, default);
        _modules[instance] = module;
        return instance;
    }

    public override void Register(string name, object instance) => _registered[name] = (ManagedInstance)instance;

    public override void Invoke(object instance, WasmExport function, Span<WasmValue> values) =>
        ((ManagedInstance)instance).Invoke(function, values);

    public override unsafe (WasmValue Value, WasmValueType Type) Get(object instance, WasmExport global)
    {
        var found = (ManagedGlobal)((ManagedInstance)instance).Export(global);
        return (*(WasmValue*)found.Address, found.Type);
    }

    public override IReadOnlyList<WasmExport> Exports(object instance) => _modules[instance].Exports;

    public override void Dispose()
    {
        _store.Dispose();
        _engine.Dispose();
    }
}
