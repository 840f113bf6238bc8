namespace PSSandbox.Wasm.Binary;

/// <summary>A decoded module: everything but the meaning of its functions' bodies.</summary>
internal sealed class ModuleDefinition
{
    /// <summary>The module's bytes; bodies and segments are windows of it.</summary>
    public required ReadOnlyMemory<byte> Binary { get; init; }

    /// <summary>Function types.</summary>
    public List<WasmFunctionType> Types { get; } = [];

    /// <summary>Imports in their order.</summary>
    public List<ImportDefinition> Imports { get; } = [];

    /// <summary>Type indices of all functions, imported ones first.</summary>
    public List<int> FunctionTypes { get; } = [];

    /// <summary>Number of imported functions.</summary>
    public int ImportedFunctions { get; set; }

    /// <summary>All tables, imported ones first.</summary>
    public List<TableType> Tables { get; } = [];

    /// <summary>Number of imported tables.</summary>
    public int ImportedTables { get; set; }

    /// <summary>The memory, where there is one.</summary>
    public MemoryType? Memory { get; set; }

    /// <summary>Whether the memory is imported.</summary>
    public bool MemoryIsImported { get; set; }

    /// <summary>All globals, imported ones first.</summary>
    public List<GlobalDefinition> Globals { get; } = [];

    /// <summary>Number of imported globals.</summary>
    public int ImportedGlobals { get; set; }

    /// <summary>Exports in their order.</summary>
    public List<WasmExport> Exports { get; } = [];

    /// <summary>Index of the start function, or -1.</summary>
    public int Start { get; set; } = -1;

    /// <summary>Element segments.</summary>
    public List<ElementSegment> Elements { get; } = [];

    /// <summary>Data segments.</summary>
    public List<DataSegment> Data { get; } = [];

    /// <summary>The number in the data count section, or -1.</summary>
    public int DataCount { get; set; } = -1;

    /// <summary>Bodies of the functions that the module defines.</summary>
    public List<FunctionBody> Bodies { get; } = [];

    /// <summary>Functions that occur outside of bodies, or in <c>ref.func</c>: those that can become references.</summary>
    public HashSet<int> DeclaredReferences { get; } = [];

    /// <summary>Names of functions from the name section, by index; for back traces only.</summary>
    public Dictionary<int, string> FunctionNames { get; } = [];

    /// <summary>Type of a function by its index.</summary>
    public WasmFunctionType FunctionType(int function) => Types[FunctionTypes[function]];
}
