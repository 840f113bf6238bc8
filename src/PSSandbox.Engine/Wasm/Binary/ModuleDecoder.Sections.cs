namespace PSSandbox.Wasm.Binary;

/// <content>The sections without expressions.</content>
internal static partial class ModuleDecoder
{
    private static void ReadTypes(ref WasmReader reader, ModuleDefinition module)
    {
        for (int left = reader.ReadVectorLength(WasmComplexity.MaxTypes, "types"); left > 0; left--)
        {
            if (reader.ReadByte() != 0x60)
                reader.Fail("malformed function type: integer representation too long");
            WasmValueType[] parameters = ReadValueTypes(ref reader, WasmComplexity.MaxParameters, "parameters");
            WasmValueType[] results = ReadValueTypes(ref reader, WasmComplexity.MaxResults, "results");
            module.Types.Add(new WasmFunctionType(parameters, results));
        }
    }

    /// <summary>Reads a vector of types.</summary>
    public static WasmValueType[] ReadValueTypes(ref WasmReader reader, int limit, string what)
    {
        int count = reader.ReadVectorLength(limit, what);
        if (count == 0)
            return WasmFunctionType.Nothing;
        WasmValueType[] result = new WasmValueType[count];
        for (int i = 0; i < result.Length; i++)
            result[i] = reader.ReadValueType();
        return result;
    }

    private static int ReadTypeIndex(ref WasmReader reader, ModuleDefinition module)
    {
        uint index = reader.ReadU32();
        if (index >= (uint)module.Types.Count)
            reader.Fail($"unknown type {index}");
        return (int)index;
    }

    private static void ReadImports(ref WasmReader reader, ModuleDefinition module)
    {
        for (int left = reader.ReadVectorLength(WasmComplexity.MaxImports, "imports"); left > 0; left--)
        {
            string from = reader.ReadName();
            string name = reader.ReadName();
            int index;
            byte kind = reader.ReadByte();
            switch (kind)
            {
                case 0:
                    index = module.ImportedFunctions++;
                    module.FunctionTypes.Add(ReadTypeIndex(ref reader, module));
                    break;
                case 1:
                    index = module.ImportedTables++;
                    AddTable(ref reader, module);
                    break;
                case 2:
                    index = 0;
                    AddMemory(ref reader, module);
                    module.MemoryIsImported = true;
                    break;
                case 3:
                    index = module.ImportedGlobals++;
                    (WasmValueType type, bool mutable) = ReadGlobalType(ref reader);
                    module.Globals.Add(new GlobalDefinition(type, mutable, default));
                    break;
                default:
                    throw new WasmFormatException(reader.Position - 1, "malformed import kind");
            }

            module.Imports.Add(new ImportDefinition(from, name, (WasmExternKind)kind, index));
        }
    }

    private static int ReadFunctions(ref WasmReader reader, ModuleDefinition module)
    {
        int count = reader.ReadVectorLength(WasmComplexity.MaxFunctions - module.ImportedFunctions, "functions");
        for (int i = 0; i < count; i++)
            module.FunctionTypes.Add(ReadTypeIndex(ref reader, module));
        return count;
    }

    private static void ReadTables(ref WasmReader reader, ModuleDefinition module)
    {
        for (int left = reader.ReadVectorLength(WasmComplexity.MaxTables, "tables"); left > 0; left--)
            AddTable(ref reader, module);
    }

    private static void AddTable(ref WasmReader reader, ModuleDefinition module)
    {
        if (module.Tables.Count >= WasmComplexity.MaxTables)
            reader.Fail($"too many tables: the limit is {WasmComplexity.MaxTables}");
        WasmValueType element = reader.ReadReferenceType();
        (uint minimum, uint? maximum) = ReadLimits(ref reader);
        module.Tables.Add(new TableType(element, minimum, maximum));
    }

    private static void ReadMemories(ref WasmReader reader, ModuleDefinition module)
    {
        for (int left = reader.ReadVectorLength(WasmComplexity.MaxImports, "memories"); left > 0; left--)
            AddMemory(ref reader, module);
    }

    private static void AddMemory(ref WasmReader reader, ModuleDefinition module)
    {
        (uint minimum, uint? maximum) = ReadLimits(ref reader);
        if (minimum > MemoryType.MaxPages || maximum > MemoryType.MaxPages)
            reader.Fail("memory size must be at most 65536 pages (4GiB)");
        if (module.Memory is not null)
            reader.Fail("multiple memories");
        module.Memory = new MemoryType(minimum, maximum);
    }

    /// <summary>Reads the limits of a memory or a table.</summary>
    public static (uint Minimum, uint? Maximum) ReadLimits(ref WasmReader reader)
    {
        byte flag = reader.ReadByte();
        if (flag > 1)
            throw new WasmFormatException(reader.Position - 1, "malformed limits: integer too large");
        uint minimum = reader.ReadU32();
        uint? maximum = flag == 1 ? reader.ReadU32() : null;
        if (maximum < minimum)
            reader.Fail("size minimum must not be greater than maximum");
        return (minimum, maximum);
    }

    private static (WasmValueType Type, bool Mutable) ReadGlobalType(ref WasmReader reader)
    {
        WasmValueType type = reader.ReadValueType();
        byte mutability = reader.ReadByte();
        if (mutability > 1)
            throw new WasmFormatException(reader.Position - 1, "malformed mutability");
        return (type, mutability == 1);
    }

    private static void ReadExports(ref WasmReader reader, ModuleDefinition module)
    {
        HashSet<string> names = [];
        for (int left = reader.ReadVectorLength(WasmComplexity.MaxExports, "exports"); left > 0; left--)
        {
            string name = reader.ReadName();
            if (!names.Add(name))
                reader.Fail("duplicate export name");
            byte kind = reader.ReadByte();
            if (kind > 3)
                throw new WasmFormatException(reader.Position - 1, "malformed export kind");
            uint index = reader.ReadU32();
            (int count, string what) = (WasmExternKind)kind switch
            {
                WasmExternKind.Function => (module.FunctionTypes.Count, "function"),
                WasmExternKind.Table => (module.Tables.Count, "table"),
                WasmExternKind.Memory => (module.Memory is null ? 0 : 1, "memory"),
                _ => (module.Globals.Count, "global"),
            };
            if (index >= (uint)count)
                reader.Fail($"unknown {what} {index}");
            WasmFunctionType? type = null;
            if (kind == 0)
            {
                type = module.FunctionType((int)index);
                module.DeclaredReferences.Add((int)index);
            }

            module.Exports.Add(new WasmExport(name, (WasmExternKind)kind, (int)index, type));
        }
    }

    private static void ReadStart(ref WasmReader reader, ModuleDefinition module)
    {
        uint index = reader.ReadU32();
        if (index >= (uint)module.FunctionTypes.Count)
            reader.Fail($"unknown function {index}");
        WasmFunctionType type = module.FunctionType((int)index);
        if (type.Parameters.Length != 0 || type.Results.Length != 0)
            reader.Fail("start function must have no parameters and no results");
        module.Start = (int)index;
    }
}
