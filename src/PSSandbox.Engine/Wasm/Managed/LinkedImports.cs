using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;
using PSSandbox.Wasm.Managed.Translation;

namespace PSSandbox.Wasm.Managed;

/// <summary>Imports that come from other instances, checked against what the module asks for (WebAssembly 2.0, 4.5.3).</summary>
internal sealed class LinkedImports(ManagedModule module, ManagedStore store)
{
    /// <summary>The store that owns all instances that are linked to each other.</summary>
    public ManagedStore Store => store;

    /// <summary>The functions that come from the host; null where one comes from an instance.</summary>
    public HostFunction?[] HostFunctions { get; } = new HostFunction?[module.Definition.ImportedFunctions];

    /// <summary>The functions that come from instances; null where one comes from the host.</summary>
    public ManagedFunction?[] Functions { get; } = new ManagedFunction?[module.Definition.ImportedFunctions];

    /// <summary>The tables.</summary>
    public ManagedTable[] Tables { get; } = new ManagedTable[module.Definition.ImportedTables];

    /// <summary>The globals.</summary>
    public ManagedGlobal[] Globals { get; } = new ManagedGlobal[module.Definition.ImportedGlobals];

    /// <summary>The memory.</summary>
    public ManagedMemory? Memory { get; private set; }

    /// <summary>Binds one import.</summary>
    public void Set(ImportDefinition import, object? value)
    {
        ModuleDefinition definition = module.Definition;
        bool fits;
        switch (value)
        {
            case null:
                throw new WasmLinkException($"unknown import {import.Module}.{import.Name}");
            case HostFunction host when import.Kind == WasmExternKind.Function:
                HostFunctions[import.Index] = host;
                return;
            case ManagedFunction function when import.Kind == WasmExternKind.Function:
                fits = SignatureComparer.Instance.Equals(function.Type, definition.FunctionType(import.Index));
                Functions[import.Index] = function;
                break;
            case ManagedTable table when import.Kind == WasmExternKind.Table:
                fits = Fits(table, definition.Tables[import.Index]);
                Tables[import.Index] = table;
                break;
            case ManagedMemory memory when import.Kind == WasmExternKind.Memory:
                fits = Fits(memory.Length / MemoryType.PageSize, memory.Type.Maximum, definition.Memory!.Value.Minimum, definition.Memory.Value.Maximum);
                Memory = memory;
                break;
            case ManagedGlobal global when import.Kind == WasmExternKind.Global:
                GlobalDefinition wanted = definition.Globals[import.Index];
                fits = global.Type == wanted.Type && global.Mutable == wanted.Mutable;
                Globals[import.Index] = global;
                break;
            default:
                fits = false;
                break;
        }

        if (!fits)
            throw new WasmLinkException($"incompatible import type of {import.Module}.{import.Name}");
    }

    private static unsafe bool Fits(ManagedTable table, TableType wanted) =>
        table.Type.Element == wanted.Element && Fits(table.Record->Length, table.Type.Maximum, wanted.Minimum, wanted.Maximum);

    private static bool Fits(long size, uint? maximum, uint wantedMinimum, uint? wantedMaximum) =>
        size >= wantedMinimum && (wantedMaximum is null || maximum <= wantedMaximum);
}
