namespace PSSandbox.Wasm.Binary;

/// <summary>Decodes a module (WebAssembly 2.0, 5.5) and validates all of it but the bodies of functions.</summary>
internal static partial class ModuleDecoder
{
    private const int DataCountSection = 12;
    private const int CodeSection = 10;
    private const int DataSection = 11;

    /// <summary>Validates the bodies of a decoded module's functions.</summary>
    /// <exception cref="WasmFormatException">A body is malformed, invalid or over a limit.</exception>
    public static void ValidateBodies(ModuleDefinition module)
    {
        FunctionValidator validator = new(module);
        for (int i = 0; i < module.Bodies.Count; i++)
            validator.Validate(module.ImportedFunctions + i, module.Bodies[i]);
    }

    /// <summary>Decodes a module, without a look into the bodies of functions.</summary>
    /// <exception cref="WasmFormatException">The module is malformed, invalid or over a limit.</exception>
    public static ModuleDefinition Decode(ReadOnlyMemory<byte> binary)
    {
        ReadOnlySpan<byte> bytes = binary.Span;
        if (bytes.Length > WasmComplexity.MaxModuleBytes)
            throw new WasmFormatException(0, $"module too large: {bytes.Length} bytes, the limit is {WasmComplexity.MaxModuleBytes}");
        WasmReader reader = new(bytes);
        if (bytes.Length < 4 || !bytes[..4].SequenceEqual("\0asm"u8))
            reader.Fail(bytes.Length < 4 ? "unexpected end: magic header not detected" : "magic header not detected");
        reader.Skip(4);
        if (bytes.Length < 8 || !bytes[4..8].SequenceEqual((ReadOnlySpan<byte>)[1, 0, 0, 0]))
            reader.Fail(bytes.Length < 8 ? "unexpected end" : "unknown binary version");
        reader.Skip(4);
        ModuleDefinition module = new() { Binary = binary };
        int last = 0;
        int functionSectionCount = 0;
        while (!reader.AtEnd)
        {
            int start = reader.Position;
            byte id = reader.ReadByte();
            uint size = reader.ReadU32();
            if (size > (uint)reader.Remaining)
                reader.Fail("unexpected end: length out of bounds");
            WasmReader section = new(bytes, reader.Position, reader.Position + (int)size);
            if (id != 0)
            {
                int rank = Rank(id);
                if (rank == 0)
                    throw new WasmFormatException(start, $"malformed section id {id}");
                if (rank <= last)
                    throw new WasmFormatException(start, "unexpected content after last section: section out of order or twice");
                last = rank;
            }

            ReadSection(ref section, id, module, ref functionSectionCount);
            if (!section.AtEnd)
                section.Fail("section size mismatch");
            reader.Skip((int)size);
        }

        if (functionSectionCount != module.Bodies.Count)
            reader.Fail("function and code section have inconsistent lengths");
        if (module.DataCount >= 0 && module.DataCount != module.Data.Count)
            reader.Fail("data count and data section have inconsistent lengths");
        return module;
    }

    // Sections in the order in which they must come; the data count section stands before the code.
    private static int Rank(byte id) => id switch
    {
        < CodeSection => id,
        DataCountSection => 10,
        CodeSection => 11,
        DataSection => 12,
        _ => 0,
    };

    private static void ReadSection(ref WasmReader reader, byte id, ModuleDefinition module, ref int functionSectionCount)
    {
        switch (id)
        {
            case 0:
                ReadCustom(ref reader, module);
                break;
            case 1:
                ReadTypes(ref reader, module);
                break;
            case 2:
                ReadImports(ref reader, module);
                break;
            case 3:
                functionSectionCount = ReadFunctions(ref reader, module);
                break;
            case 4:
                ReadTables(ref reader, module);
                break;
            case 5:
                ReadMemories(ref reader, module);
                break;
            case 6:
                ReadGlobals(ref reader, module);
                break;
            case 7:
                ReadExports(ref reader, module);
                break;
            case 8:
                ReadStart(ref reader, module);
                break;
            case 9:
                ReadElements(ref reader, module);
                break;
            case CodeSection:
                ReadCode(ref reader, module, functionSectionCount);
                break;
            case DataSection:
                ReadData(ref reader, module);
                break;
            default:
                module.DataCount = reader.ReadCount(WasmComplexity.MaxDataSegments, "data segments");
                break;
        }
    }

    private static void ReadCode(ref WasmReader reader, ModuleDefinition module, int functions)
    {
        int count = reader.ReadVectorLength(WasmComplexity.MaxFunctions, "functions");
        if (count != functions)
            reader.Fail("function and code section have inconsistent lengths");
        for (int i = 0; i < count; i++)
        {
            uint size = reader.ReadU32();
            if (size > (uint)reader.Remaining)
                reader.Fail("unexpected end: length out of bounds");
            if (size > WasmComplexity.MaxFunctionBytes)
                reader.Fail($"function body too large: {size} bytes, the limit is {WasmComplexity.MaxFunctionBytes}");
            int end = reader.Position + (int)size;
            WasmReader body = new(module.Binary.Span, reader.Position, end);
            long locals = module.FunctionType(module.ImportedFunctions + i).Parameters.Length;
            LocalRun[] runs = new LocalRun[body.ReadVectorLength(WasmComplexity.MaxFunctionBytes, "runs of locals")];
            for (int run = 0; run < runs.Length; run++)
            {
                uint length = body.ReadU32();
                locals += length;
                if (locals > WasmComplexity.MaxLocals)
                    body.Fail($"too many locals: the limit is {WasmComplexity.MaxLocals}");
                runs[run] = new LocalRun((int)length, body.ReadValueType());
            }

            module.Bodies.Add(new FunctionBody(runs, body.Position, end));
            reader.Skip((int)size);
        }
    }

    private static void ReadCustom(ref WasmReader reader, ModuleDefinition module)
    {
        string name = reader.ReadName();
        if (name == "name")
            NameSection.Read(reader, module.FunctionNames);
        reader.Skip(reader.Remaining);
    }
}
