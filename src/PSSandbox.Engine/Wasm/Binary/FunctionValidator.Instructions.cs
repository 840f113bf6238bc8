namespace PSSandbox.Wasm.Binary;

/// <content>The rule of every instruction.</content>
internal sealed partial class FunctionValidator
{
    private void Instruction(ref WasmReader reader, ushort opcode)
    {
        switch (opcode)
        {
            case Op.Nop:
                break;
            case Op.Unreachable:
                SetUnreachable();
                break;
            case Op.Block or Op.Loop:
                EnterBlock(opcode, BlockTypes.Read(ref reader, module));
                break;
            case Op.If:
                WasmFunctionType type = BlockTypes.Read(ref reader, module);
                Pop(WasmValueType.I32);
                EnterBlock(opcode, type);
                break;
            case Op.Else:
                ControlFrame then = PopFrame();
                if (then.Opcode != Op.If)
                    Fail("else without if: END opcode expected");
                PushFrame(Op.Else, then.Type, _operandCount);
                Push(then.Type.Parameters);
                break;
            case Op.End:
                ControlFrame frame = PopFrame();
                if (frame.Opcode == Op.If && !frame.Type.Parameters.AsSpan().SequenceEqual(frame.Type.Results))
                    Fail("type mismatch: an if without else must have the same parameters and results");
                Push(frame.Type.Results);
                break;
            case Op.Br:
                Pop(Label(reader.ReadU32()));
                SetUnreachable();
                break;
            case Op.BrIf:
                WasmValueType[] label = Label(reader.ReadU32());
                Pop(WasmValueType.I32);
                Pop(label);
                Push(label);
                break;
            case Op.BrTable:
                BranchTable(ref reader);
                break;
            case Op.Return:
                Pop(_frames[0].Type.Results);
                SetUnreachable();
                break;
            case Op.Call:
                Call(module.FunctionType(FunctionIndex(ref reader)));
                break;
            case Op.CallIndirect:
                uint typeIndex = reader.ReadU32();
                WasmValueType element = Table(ref reader);
                if (element != WasmValueType.FuncRef)
                    Fail("type mismatch: call_indirect needs a table of funcref");
                if (typeIndex >= (uint)module.Types.Count)
                    Fail($"unknown type {typeIndex}");
                Pop(WasmValueType.I32);
                Call(module.Types[(int)typeIndex]);
                break;
            default:
                VariableOrSimple(ref reader, opcode);
                break;
        }
    }

    private void VariableOrSimple(ref WasmReader reader, ushort opcode)
    {
        switch (opcode)
        {
            case Op.Drop:
                Pop();
                break;
            case Op.Select:
                Select();
                break;
            case Op.SelectTyped:
                if (reader.ReadU32() != 1)
                    Fail("invalid result arity");
                WasmValueType selected = reader.ReadValueType();
                Pop(WasmValueType.I32);
                Pop(selected);
                Pop(selected);
                Push(selected);
                break;
            case Op.LocalGet:
                Push(Local(ref reader));
                break;
            case Op.LocalSet:
                _assignments++;
                Pop(Local(ref reader));
                break;
            case Op.LocalTee:
                _assignments++;
                WasmValueType local = Local(ref reader);
                Pop(local);
                Push(local);
                break;
            case Op.GlobalGet:
                Push(Global(ref reader).Type);
                break;
            case Op.GlobalSet:
                GlobalDefinition global = Global(ref reader);
                if (!global.Mutable)
                    Fail("global is immutable");
                Pop(global.Type);
                break;
            case Op.RefNull:
                Push(reader.ReadReferenceType());
                break;
            case Op.RefIsNull:
                WasmValueType reference = Pop();
                if (reference != Unknown && !reference.IsReference())
                    Fail("type mismatch: a reference is expected");
                Push(WasmValueType.I32);
                break;
            case Op.RefFunc:
                int function = FunctionIndex(ref reader);
                if (!module.DeclaredReferences.Contains(function))
                    Fail("undeclared function reference");
                Push(WasmValueType.FuncRef);
                break;
            default:
                if (opcode is Op.TableGet or Op.TableSet or (>= Op.TableInit and <= Op.TableFill))
                    TableInstruction(ref reader, opcode);
                else
                    Simple(ref reader, opcode);
                break;
        }
    }

    // Instructions whose signature is fixed and stands in the table.
    private void Simple(ref WasmReader reader, ushort opcode)
    {
        OpcodeInfo info = OpcodeTable.Get(opcode);
        switch (info.Immediate)
        {
            case ImmediateKind.Illegal:
                Fail($"illegal opcode 0x{opcode:x2}");
                break;
            case ImmediateKind.I32:
                reader.ReadS32();
                break;
            case ImmediateKind.I64:
                reader.ReadS64();
                break;
            case ImmediateKind.F32:
                reader.Skip(4);
                break;
            case ImmediateKind.F64:
                reader.Skip(8);
                break;
            case ImmediateKind.V128:
                reader.Skip(16);
                break;
            case ImmediateKind.Lane:
                Lane(reader.ReadByte(), info.Size);
                break;
            case ImmediateKind.Shuffle:
                foreach (byte lane in reader.ReadBytes(16))
                    Lane(lane, 32);
                break;
            case ImmediateKind.MemoryArgument:
                MemoryArgument(ref reader, info.Size);
                break;
            case ImmediateKind.MemoryArgumentAndLane:
                MemoryArgument(ref reader, info.Size);
                Lane(reader.ReadByte(), 16 / info.Size);
                break;
            case ImmediateKind.Memory:
                MemoryIndex(ref reader);
                break;
            case ImmediateKind.TwoMemories:
                MemoryIndex(ref reader);
                MemoryIndex(ref reader);
                break;
            case ImmediateKind.DataAndMemory:
                DataSegment(ref reader);
                MemoryIndex(ref reader);
                break;
            case ImmediateKind.Data:
                DataSegment(ref reader);
                break;
        }

        string signature = info.Signature;
        int colon = signature.IndexOf(':', StringComparison.Ordinal);
        for (int i = colon - 1; i >= 0; i--)
            Pop(ValueTypes.FromLetter(signature[i]));
        if (colon + 1 < signature.Length)
            Push(ValueTypes.FromLetter(signature[colon + 1]));
    }

    private void TableInstruction(ref WasmReader reader, ushort opcode)
    {
        WasmValueType element;
        switch (opcode)
        {
            case Op.TableGet:
                element = Table(ref reader);
                Pop(WasmValueType.I32);
                Push(element);
                break;
            case Op.TableSet:
                Pop(Table(ref reader));
                Pop(WasmValueType.I32);
                break;
            case Op.TableInit:
                WasmValueType segment = ElementSegment(ref reader);
                if (segment != Table(ref reader))
                    Fail("type mismatch: the segment holds another type than the table");
                PopThreeIntegers();
                break;
            case Op.ElementDrop:
                ElementSegment(ref reader);
                break;
            case Op.TableCopy:
                if (Table(ref reader) != Table(ref reader))
                    Fail("type mismatch: the tables hold different types");
                PopThreeIntegers();
                break;
            case Op.TableGrow:
                element = Table(ref reader);
                Pop(WasmValueType.I32);
                Pop(element);
                Push(WasmValueType.I32);
                break;
            case Op.TableSize:
                Table(ref reader);
                Push(WasmValueType.I32);
                break;
            default:
                element = Table(ref reader);
                Pop(WasmValueType.I32);
                Pop(element);
                Pop(WasmValueType.I32);
                break;
        }
    }

    private void PopThreeIntegers()
    {
        for (int i = 0; i < 3; i++)
            Pop(WasmValueType.I32);
    }

    private void Select()
    {
        Pop(WasmValueType.I32);
        WasmValueType second = Pop();
        WasmValueType first = Pop();
        if (first.IsReference() || second.IsReference())
            Fail("type mismatch: select of references needs a type");
        if (first != second && first != Unknown && second != Unknown)
            Fail($"type mismatch: select of {first.Name()} and {second.Name()}");
        Push(first == Unknown ? second : first);
    }

    private void Call(WasmFunctionType type)
    {
        Pop(type.Parameters);
        Push(type.Results);
    }

    private int FunctionIndex(ref WasmReader reader)
    {
        uint index = reader.ReadU32();
        if (index >= (uint)module.FunctionTypes.Count)
            Fail($"unknown function {index}");
        return (int)index;
    }

    private WasmValueType Local(ref WasmReader reader)
    {
        uint index = reader.ReadU32();
        if (index >= (uint)_localCount)
            Fail($"unknown local {index}");
        return _locals[index];
    }

    private GlobalDefinition Global(ref WasmReader reader)
    {
        uint index = reader.ReadU32();
        if (index >= (uint)module.Globals.Count)
            Fail($"unknown global {index}");
        return module.Globals[(int)index];
    }

    private WasmValueType Table(ref WasmReader reader)
    {
        uint index = reader.ReadU32();
        if (index >= (uint)module.Tables.Count)
            Fail($"unknown table {index}");
        return module.Tables[(int)index].Element;
    }

    private WasmValueType ElementSegment(ref WasmReader reader)
    {
        uint index = reader.ReadU32();
        if (index >= (uint)module.Elements.Count)
            Fail($"unknown elem segment {index}");
        return module.Elements[(int)index].Type;
    }

    private void DataSegment(ref WasmReader reader)
    {
        uint index = reader.ReadU32();
        if (module.DataCount < 0)
            Fail("data count section required");
        if (index >= (uint)module.DataCount)
            Fail($"unknown data segment {index}");
    }

    private void MemoryIndex(ref WasmReader reader)
    {
        if (reader.ReadByte() != 0)
            Fail("zero byte expected: unknown memory");
        if (module.Memory is null)
            Fail("unknown memory 0");
    }

    private void MemoryArgument(ref WasmReader reader, int size)
    {
        uint alignment = reader.ReadU32();
        reader.ReadU32();
        if (alignment >= 32)
            Fail("malformed memop flags");
        if (module.Memory is null)
            Fail("unknown memory 0");
        if (1L << (int)alignment > size)
            Fail("alignment must not be larger than natural");
    }

    private void Lane(int lane, int lanes)
    {
        if (lane >= lanes)
            Fail("invalid lane index");
    }
}
