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

    /// <summary>Loops within loops.</summary>
    public const int MaxLoopNesting = 200;

    /// <summary>Values that all calls, blocks and branches of a module take and give. A large compiler has two millions.</summary>
    public const long MaxMoves = 20_000_000;

    /// <summary>
    /// Of one function, the sum over all blocks of the branches to its label, times the locals that are assigned within,
    /// times the loops around it. The most in programs such as compilers and interpreters is below a million.
    /// </summary>
    public const long MaxMerges = 10_000_000;

    /// <summary>The same of all functions of a module.</summary>
    public const long MaxModuleMerges = 150_000_000;

    /// <summary>Of one function, its blocks and branches times its locals. The most in such programs is a million.</summary>
    public const long MaxBlockLocals = 10_000_000;

    /// <summary>The same of all functions of a module.</summary>
    public const long MaxModuleBlockLocals = 300_000_000;

    /// <summary>Values on the operand stack of one function.</summary>
    public const int MaxOperands = 20_000;

    /// <summary>Targets of one <c>br_table</c>.</summary>
    public const int MaxBranchTargets = 65_520;

    /// <summary>Bytes of a name.</summary>
    public const int MaxNameBytes = 100_000;
}
