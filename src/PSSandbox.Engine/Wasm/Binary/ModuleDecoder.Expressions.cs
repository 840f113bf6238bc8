namespace PSSandbox.Wasm.Binary;

/// <content>Globals, element and data segments: the sections with constant expressions.</content>
internal static partial class ModuleDecoder
{
    private static void ReadGlobals(ref WasmReader reader, ModuleDefinition module)
    {
        int limit = Math.Max(0, WasmComplexity.MaxGlobals - module.ImportedGlobals);
        for (int left = reader.ReadVectorLength(limit, "globals"); left > 0; left--)
        {
            (WasmValueType type, bool mutable) = ReadGlobalType(ref reader);
            module.Globals.Add(new GlobalDefinition(type, mutable, ReadExpression(ref reader, module, type)));
        }
    }

    // A constant expression is any number of constant instructions, of which a valid one leaves exactly one value.
    private static ConstantExpression ReadExpression(ref WasmReader reader, ModuleDefinition module, WasmValueType expected)
    {
        ConstantExpression result = default;
        int values = 0;
        while (true)
        {
            int start = reader.Position;
            ushort opcode = reader.ReadOpcode();
            WasmValueType type;
            int index = 0;
            long bits = 0;
            long upperBits = 0;
            switch (opcode)
            {
                case Op.End:
                    if (values != 1)
                        throw new WasmFormatException(start, "type mismatch: a constant expression must leave one value");
                    return result;
                case Op.I32Const:
                    (type, bits) = (WasmValueType.I32, (uint)reader.ReadS32());
                    break;
                case Op.I64Const:
                    (type, bits) = (WasmValueType.I64, reader.ReadS64());
                    break;
                case Op.F32Const:
                    (type, bits) = (WasmValueType.F32, (uint)reader.ReadF32Bits());
                    break;
                case Op.F64Const:
                    (type, bits) = (WasmValueType.F64, reader.ReadF64Bits());
                    break;
                case Op.V128Const:
                    (type, bits, upperBits) = (WasmValueType.V128, reader.ReadF64Bits(), reader.ReadF64Bits());
                    break;
                case Op.GlobalGet:
                    index = reader.ReadCount(int.MaxValue, "globals");
                    if (index >= module.ImportedGlobals)
                        reader.Fail($"unknown global {index}");
                    if (module.Globals[index].Mutable)
                        reader.Fail("constant expression required");
                    type = module.Globals[index].Type;
                    break;
                case Op.RefNull:
                    type = reader.ReadReferenceType();
                    break;
                case Op.RefFunc:
                    index = ReadFunctionReference(ref reader, module);
                    type = WasmValueType.FuncRef;
                    break;
                default:
                    throw new WasmFormatException(start, OpcodeTable.Get(opcode).Immediate == ImmediateKind.Illegal
                        ? $"illegal opcode 0x{opcode:x2}"
                        : "constant expression required");
            }

            if (type != expected || ++values > 1)
                throw new WasmFormatException(start, $"type mismatch: expected {expected.Name()}, found {type.Name()}");
            result = new ConstantExpression(opcode, index, bits, upperBits);
        }
    }

    private static int ReadFunctionReference(ref WasmReader reader, ModuleDefinition module)
    {
        uint index = reader.ReadU32();
        if (index >= (uint)module.FunctionTypes.Count)
            reader.Fail($"unknown function {index}");
        module.DeclaredReferences.Add((int)index);
        return (int)index;
    }

    private static void ReadElements(ref WasmReader reader, ModuleDefinition module)
    {
        long total = 0;
        for (int left = reader.ReadVectorLength(WasmComplexity.MaxElementSegments, "element segments"); left > 0; left--)
        {
            uint flags = reader.ReadU32();
            if (flags > 7)
                reader.Fail("malformed elements segment kind");
            SegmentMode mode = (flags & 1) == 0 ? SegmentMode.Active : (flags & 2) == 0 ? SegmentMode.Passive : SegmentMode.Declarative;
            int table = 0;
            ConstantExpression offset = default;
            if (mode == SegmentMode.Active)
            {
                uint index = (flags & 2) != 0 ? reader.ReadU32() : 0;
                if (index >= (uint)module.Tables.Count)
                    reader.Fail($"unknown table {index}");
                table = (int)index;
                offset = ReadExpression(ref reader, module, WasmValueType.I32);
            }

            bool expressions = (flags & 4) != 0;
            WasmValueType type = WasmValueType.FuncRef;
            if ((flags & 3) != 0)
            {
                if (expressions)
                    type = reader.ReadReferenceType();
                else if (reader.ReadByte() != 0)
                    throw new WasmFormatException(reader.Position - 1, "malformed element kind");
            }

            if (mode == SegmentMode.Active && module.Tables[table].Element != type)
                reader.Fail("type mismatch: the table holds another type");
            int count = reader.ReadVectorLength(WasmComplexity.MaxElements, "elements");
            if ((total += count) > WasmComplexity.MaxElements)
                reader.Fail($"too many elements: the limit is {WasmComplexity.MaxElements}");
            ConstantExpression[] items = new ConstantExpression[count];
            for (int i = 0; i < count; i++)
            {
                items[i] = expressions
                    ? ReadExpression(ref reader, module, type)
                    : ConstantExpression.Function(ReadFunctionReference(ref reader, module));
            }

            module.Elements.Add(new ElementSegment(mode, type, table, offset, items));
        }
    }

    private static void ReadData(ref WasmReader reader, ModuleDefinition module)
    {
        for (int left = reader.ReadVectorLength(WasmComplexity.MaxDataSegments, "data segments"); left > 0; left--)
        {
            uint flags = reader.ReadU32();
            if (flags > 2)
                reader.Fail("malformed data segment kind");
            ConstantExpression offset = default;
            if (flags != 1)
            {
                uint memory = flags == 2 ? reader.ReadU32() : 0;
                if (memory != 0 || module.Memory is null)
                    reader.Fail($"unknown memory {memory}");
                offset = ReadExpression(ref reader, module, WasmValueType.I32);
            }

            uint length = reader.ReadU32();
            if (length > (uint)reader.Remaining)
                reader.Fail("unexpected end: length out of bounds");
            module.Data.Add(new DataSegment(flags == 1 ? SegmentMode.Passive : SegmentMode.Active, offset, reader.Position, (int)length));
            reader.Skip((int)length);
        }
    }
}
