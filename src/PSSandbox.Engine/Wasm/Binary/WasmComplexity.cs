namespace PSSandbox.Wasm.Binary;

/// <summary>
/// The bounds that a module is held to before any work is done on its behalf, so that a hostile one costs a bounded
/// amount of time and memory. They are near those of web engines; programs of any compiler stay far below.
/// </summary>
internal static class WasmComplexity
{
    /// <summary>Bytes of a module.</summary>
    public const int MaxModuleBytes = 256 << 20;

    /// <summary>Types of a module.</summary>
    public const int MaxTypes = 100_000;

    /// <summary>Functions of a module, imported ones included.</summary>
    public const int MaxFunctions = 200_000;

    /// <summary>Imports of a module.</summary>
    public const int MaxImports = 10_000;

    /// <summary>Exports of a module.</summary>
    public const int MaxExports = 100_000;

    /// <summary>Globals of a module.</summary>
    public const int MaxGlobals = 20_000;

    /// <summary>Tables of a module.</summary>
    public const int MaxTables = 100;

    /// <summary>Data segments.</summary>
    public const int MaxDataSegments = 100_000;

    /// <summary>Element segments.</summary>
    public const int MaxElementSegments = 100_000;

    /// <summary>Elements of all element segments together.</summary>
    public const int MaxElements = 1_000_000;

    /// <summary>Parameters of a function type.</summary>
    public const int MaxParameters = 1_000;

    /// <summary>Results of a function type.</summary>
    public const int MaxResults = 1_000;

    /// <summary>Locals of a function, parameters included.</summary>
    public const int MaxLocals = 20_000;

    /// <summary>Bytes of one function's body.</summary>
    public const int MaxFunctionBytes = 2 << 20;

    /// <summary>Blocks within blocks.</summary>
    public const int MaxNesting = 5_000;

    /// <summary>Values on the operand stack of one function.</summary>
    public const int MaxOperands = 20_000;

    /// <summary>Targets of one <c>br_table</c>.</summary>
    public const int MaxBranchTargets = 65_520;

    /// <summary>Bytes of a name.</summary>
    public const int MaxNameBytes = 100_000;
}
