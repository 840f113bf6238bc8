namespace PSSandbox.Wasm.Binary;

/// <summary>
/// What a module needs and offers, without functions, segments and names: enough to link one whose code was made before. To
/// be read of a module that <see cref="ModuleDecoder"/> has found valid then; of another it is refused or means nothing.
/// </summary>
internal sealed class ModuleInterface
{
    private WasmFunctionType[] _types = [];
    private WasmFunctionType[] _functions = [];
    private int _importedFunctions;

    private ModuleInterface()
    {
    }

    /// <summary>Imports in their order.</summary>
    public WasmImport[] Imports { get; private set; } = [];

    /// <summary>Exports in their order.</summary>
    public WasmExport[] Exports { get; private set; } = [];

    /// <summary>Sizes of the tables that are not imported.</summary>
    public WasmTableSize[] Tables { get; private set; } = [];

    /// <summary>Whether instantiation runs a function.</summary>
    public bool HasStart { get; private set; }

    /// <summary>Whether there is a memory.</summary>
    public bool HasMemory { get; private set; }

    /// <summary>Whether the memory is imported.</summary>
    public bool MemoryIsImported { get; private set; }

    /// <summary>The memory's size at first, in pages.</summary>
    public uint MinimumPages { get; private set; }

    /// <summary>The memory's largest size, in pages.</summary>
    public uint MaximumPages { get; private set; }

    /// <summary>Reads it.</summary>
    /// <exception cref="WasmFormatException">The module is malformed, as far as is looked.</exception>
    public static ModuleInterface Read(ReadOnlySpan<byte> binary)
    {
        ModuleInterface result = new();
        WasmReader reader = new(binary);
        reader.Skip(8);
        while (!reader.AtEnd)
        {
            byte id = reader.ReadByte();
            int size = reader.ReadCount(int.MaxValue, "bytes");
            int start = reader.Position;
            reader.Skip(size);
            WasmReader section = new(binary, start, start + size);
            switch (id)
            {
                case 1:
                    result.ReadTypes(ref section);
                    break;
                case 2:
                    result.ReadImports(ref section);
                    break;
                case 3:
                    result.ReadFunctions(ref section);
                    break;
                case 4:
                    result.ReadTables(ref section);
                    break;
                case 5:
                    for (int left = section.ReadVectorLength(1, "memories"); left > 0; left--)
                        result.ReadMemory(ref section);
                    break;
                case 7:
                    result.ReadExports(ref section);
                    break;
                case 8:
                    result.HasStart = true;
                    break;
            }
        }

        return result;
    }

    private void ReadTypes(ref WasmReader reader)
    {
        _types = new WasmFunctionType[reader.ReadVectorLength(WasmComplexity.MaxTypes, "types")];
        for (int i = 0; i < _types.Length; i++)
        {
            reader.ReadByte();
            _types[i] = new WasmFunctionType(
                ModuleDecoder.ReadValueTypes(ref reader, WasmComplexity.MaxParameters, "parameters"),
                ModuleDecoder.ReadValueTypes(ref reader, WasmComplexity.MaxResults, "results"));
        }
    }

    private WasmFunctionType ReadType(ref WasmReader reader)
    {
        uint index = reader.ReadU32();
        if (index >= (uint)_types.Length)
            reader.Fail($"unknown type {index}");
        return _types[index];
    }

    private void ReadImports(ref WasmReader reader)
    {
        Imports = new WasmImport[reader.ReadVectorLength(WasmComplexity.MaxImports, "imports")];
        _functions = new WasmFunctionType[Imports.Length];
        for (int i = 0; i < Imports.Length; i++)
        {
            string module = reader.ReadName();
            string name = reader.ReadName();
            WasmExternKind kind = (WasmExternKind)reader.ReadByte();
            WasmFunctionType? type = null;
            switch (kind)
            {
                case WasmExternKind.Function:
                    type = ReadType(ref reader);
                    _functions[_importedFunctions++] = type;
                    break;
                case WasmExternKind.Table:
                    reader.ReadByte();
                    ModuleDecoder.ReadLimits(ref reader);
                    break;
                case WasmExternKind.Memory:
                    MemoryIsImported = true;
                    ReadMemory(ref reader);
                    break;
                case WasmExternKind.Global:
                    reader.Skip(2);
                    break;
                default:
                    reader.Fail("malformed import kind");
                    break;
            }

            Imports[i] = new WasmImport(module, name, kind, type);
        }
    }

    private void ReadFunctions(ref WasmReader reader)
    {
        int count = reader.ReadVectorLength(WasmComplexity.MaxFunctions, "functions");
        Array.Resize(ref _functions, _importedFunctions + count);
        for (int i = _importedFunctions; i < _functions.Length; i++)
            _functions[i] = ReadType(ref reader);
    }

    private void ReadTables(ref WasmReader reader)
    {
        Tables = new WasmTableSize[reader.ReadVectorLength(WasmComplexity.MaxTables, "tables")];
        for (int i = 0; i < Tables.Length; i++)
        {
            reader.ReadByte();
            (uint minimum, uint? maximum) = ModuleDecoder.ReadLimits(ref reader);
            Tables[i] = new WasmTableSize(minimum, maximum ?? uint.MaxValue);
        }
    }

    private void ReadMemory(ref WasmReader reader)
    {
        HasMemory = true;
        (MinimumPages, uint? maximum) = ModuleDecoder.ReadLimits(ref reader);
        MaximumPages = Math.Min(maximum ?? uint.MaxValue, MemoryType.MaxPages);
    }

    private void ReadExports(ref WasmReader reader)
    {
        Exports = new WasmExport[reader.ReadVectorLength(WasmComplexity.MaxExports, "exports")];
        for (int i = 0; i < Exports.Length; i++)
        {
            string name = reader.ReadName();
            WasmExternKind kind = (WasmExternKind)reader.ReadByte();
            int index = reader.ReadCount(int.MaxValue, "indices");
            if (kind == WasmExternKind.Function && index >= _functions.Length)
                reader.Fail($"unknown function {index}");
            Exports[i] = new WasmExport(name, kind, index, kind == WasmExternKind.Function ? _functions[index] : null);
        }
    }
}
