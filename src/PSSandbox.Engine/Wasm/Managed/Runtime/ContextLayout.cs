using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Managed.Runtime;

/// <summary>Places the variable parts of a module's context, as negative offsets from the border (see <see cref="Context"/>).</summary>
internal sealed class ContextLayout
{
    private readonly int _globals;
    private readonly int _tables;
    private readonly int _typeIds;
    private readonly int _imports;
    private readonly int _references;
    private readonly int _records;

    /// <summary>Lays out the context of a module.</summary>
    public ContextLayout(ModuleDefinition module)
    {
        ReferencedFunctions = new int[module.DeclaredReferences.Count];
        module.DeclaredReferences.CopyTo(ReferencedFunctions);
        Array.Sort(ReferencedFunctions);
        for (int i = 0; i < ReferencedFunctions.Length; i++)
            ReferenceSlots[ReferencedFunctions[i]] = i;
        int results = 0;
        foreach (WasmFunctionType type in module.Types)
            results = Math.Max(results, type.Results.Length);

        // The nearest to the border are those used the most: small offsets make short instructions.
        int offset = Context.FixedSize;
        _globals = Take(ref offset, module.Globals.Count, 16);
        _tables = Take(ref offset, module.Tables.Count, TableRecord.Size);
        _typeIds = Take(ref offset, module.Types.Count, 8);
        _imports = Take(ref offset, module.ImportedFunctions, 8);
        _references = Take(ref offset, ReferencedFunctions.Length, 8);
        Scratch = Take(ref offset, results, 16);
        _records = Take(ref offset, ReferencedFunctions.Length, FunctionRecord.Size);
        SaveArea = Take(ref offset, Context.SaveSlots, 16);
        Size = offset;
    }

    /// <summary>Bytes of the whole context.</summary>
    public int Size { get; }

    /// <summary>Offset of the slots in which results but the first are returned, 16 bytes each.</summary>
    public int Scratch { get; }

    /// <summary>Offset of the first save area.</summary>
    public int SaveArea { get; }

    /// <summary>The functions that can become references, in ascending order.</summary>
    public int[] ReferencedFunctions { get; }

    /// <summary>Position of a function in <see cref="ReferencedFunctions"/>.</summary>
    public Dictionary<int, int> ReferenceSlots { get; } = [];

    /// <summary>Offset of a global's value, or for an imported one of the pointer to it.</summary>
    public int Global(int index) => _globals + (index * 16);

    /// <summary>Offset of a table's record, or for an imported one of the pointer to it.</summary>
    public int Table(int index) => _tables + (index * TableRecord.Size);

    /// <summary>Offset of a type's identity.</summary>
    public int TypeId(int index) => _typeIds + (index * 8);

    /// <summary>Offset of the pointer to an imported function's record; 0 there means a host function.</summary>
    public int Import(int index) => _imports + (index * 8);

    /// <summary>Offset of the pointer to the record of a function that can become a reference.</summary>
    public int Reference(int slot) => _references + (slot * 8);

    /// <summary>Offset of an own function record.</summary>
    public int Record(int slot) => _records + (slot * FunctionRecord.Size);

    private static int Take(ref int offset, int count, int size)
    {
        offset = (checked(offset + (count * size)) + 15) & ~15;
        return -offset;
    }
}
