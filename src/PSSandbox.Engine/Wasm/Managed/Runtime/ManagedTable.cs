using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>A table, seen from the host.</summary>
internal sealed unsafe class ManagedTable(TableRecord* record, TableType type)
{
    /// <summary>The table.</summary>
    public TableRecord* Record { get; } = record;

    /// <summary>The declared type.</summary>
    public TableType Type { get; } = type;
}
