using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed;

/// <summary>A module that was translated to IL.</summary>
internal sealed class ManagedModule : IWasmModule
{
    private readonly WasmImport[] _imports;
    private readonly List<ManagedTemplate> _templates = [];
    private readonly Lazy<LoadedCode> _metered;

    /// <summary>A module and its code.</summary>
    /// <param name="definition">The decoded module.</param>
    /// <param name="code">Its code.</param>
    /// <param name="meter">Makes the code that counts fuel, when that is first wanted.</param>
    public ManagedModule(ModuleDefinition definition, LoadedCode code, Func<LoadedCode> meter)
    {
        Definition = definition;
        Code = code;
        _metered = new Lazy<LoadedCode>(meter);
        _imports = new WasmImport[definition.Imports.Count];
        for (int i = 0; i < _imports.Length; i++)
        {
            ImportDefinition import = definition.Imports[i];
            _imports[i] = new WasmImport(
                import.Module, import.Name, import.Kind,
                import.Kind == WasmExternKind.Function ? definition.FunctionType(import.Index) : null);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<WasmImport> Imports => _imports;

    /// <inheritdoc/>
    public IReadOnlyList<WasmExport> Exports => Definition.Exports;

    /// <inheritdoc/>
    public IReadOnlyList<WasmTableSize> Tables =>
        [.. Definition.Tables.Skip(Definition.ImportedTables).Select(static table => new WasmTableSize(table.Minimum, table.Maximum ?? uint.MaxValue))];

    /// <summary>The decoded module.</summary>
    internal ModuleDefinition Definition { get; }

    /// <summary>The code.</summary>
    internal LoadedCode Code { get; }

    /// <summary>The code that counts fuel.</summary>
    internal LoadedCode MeteredCode => _metered.Value;

    /// <inheritdoc/>
    public IWasmTemplate Link(Func<WasmImport, HostFunction?> resolve)
    {
        HostFunction?[] functions = new HostFunction?[Definition.ImportedFunctions];
        for (int i = 0; i < _imports.Length; i++)
        {
            WasmImport import = _imports[i];
            if (import.Kind != WasmExternKind.Function)
                throw new WasmLinkException($"import {import.Module}.{import.Name} is not a function: only functions can be given");
            functions[Definition.Imports[i].Index] = resolve(import)
                ?? throw new WasmLinkException($"unknown import {import.Module}.{import.Name}");
        }

        return Keep(new ManagedTemplate(this, Code, functions, null));
    }

    /// <summary>
    /// Binds imports of every kind: a value is a <see cref="HostFunction"/>, or a <see cref="ManagedFunction"/>,
    /// <see cref="ManagedTable"/>, <see cref="ManagedMemory"/> or <see cref="ManagedGlobal"/> of an instance of the
    /// same store. Instances of a store live as long as it does.
    /// </summary>
    /// <exception cref="WasmLinkException">An import is not resolved, or is of another kind or type.</exception>
    internal ManagedTemplate Link(ManagedStore store, Func<WasmImport, object?> resolve)
    {
        LinkedImports linked = new(this, store);
        for (int i = 0; i < _imports.Length; i++)
            linked.Set(Definition.Imports[i], resolve(_imports[i]));
        return Keep(new ManagedTemplate(this, Code, linked.HostFunctions, linked));
    }

    /// <summary>Frees the blocks that wait for instances; those in use live on, and the code as long as they do.</summary>
    public void Dispose()
    {
        lock (_templates)
        {
            foreach (ManagedTemplate template in _templates)
                template.Dispose();
            _templates.Clear();
        }
    }

    /// <summary>Adds a template to those that are disposed with the module.</summary>
    internal ManagedTemplate Keep(ManagedTemplate template)
    {
        lock (_templates)
            _templates.Add(template);
        return template;
    }
}
