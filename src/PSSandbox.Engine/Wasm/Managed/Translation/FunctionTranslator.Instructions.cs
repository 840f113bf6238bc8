using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <content>The dispatch of instructions, and the short ones.</content>
internal sealed partial class FunctionTranslator
{
    private void Instruction(ref WasmReader reader, ushort opcode)
    {
        switch (opcode)
        {
            case Op.Nop:
                break;
            case Op.Unreachable:
                _il.Call(_assembly.Support(typeof(Traps), nameof(Traps.Unreachable)));
                EmitDefaultReturn();
                SetUnreachable();
                break;
            case Op.Block or Op.Loop or Op.If:
                int position = reader.Position;
                EnterBlock(opcode, position, BlockTypes.Read(ref reader, _module));
                break;
            case Op.Else:
                Else();
                break;
            case Op.End:
                End();
                break;
            case Op.Br:
                Branch((int)reader.ReadU32());
                break;
            case Op.BrIf:
                BranchIf((int)reader.ReadU32());
                break;
            case Op.BrTable:
                BranchTable(ref reader);
                break;
            case Op.Return:
                Return(consume: true);
                SetUnreachable();
                break;
            case Op.Call:
                Call((int)reader.ReadU32());
                break;
            case Op.CallIndirect:
                int type = (int)reader.ReadU32();
                CallIndirect(type, (int)reader.ReadU32());
                break;
            case Op.Drop:
                Discard(Pop());
                break;
            case Op.SelectTyped:
                reader.Skip((int)reader.ReadU32());
                Select();
                break;
            case Op.Select:
                Select();
                break;
            default:
                if (opcode is >= Op.LocalGet and <= Op.GlobalSet)
                    Variable((int)reader.ReadU32(), opcode);
                else if (opcode is >= Op.FirstLoad and <= Op.LastLoad)
                    Load(ref reader, opcode);
                else if (opcode is >= Op.FirstStore and <= Op.LastStore)
                    Store(ref reader, opcode);
                else if (opcode >= 0xfd00)
                    Vector(ref reader, opcode);
                else
                    Other(ref reader, opcode);
                break;
        }
    }

    private void Other(ref WasmReader reader, ushort opcode)
    {
        switch (opcode)
        {
            case Op.I32Const:
                PushConstant(LocalType.I32, reader.ReadS32());
                break;
            case Op.I64Const:
                PushConstant(LocalType.I64, reader.ReadS64());
                break;
            case Op.F32Const:
                PushConstant(LocalType.F32, reader.ReadF32Bits());
                break;
            case Op.F64Const:
                PushConstant(LocalType.F64, reader.ReadF64Bits());
                break;
            case Op.MemorySize:
                MemorySize(ref reader);
                break;
            case Op.MemoryGrow:
                MemoryGrow(ref reader);
                break;
            case Op.MemoryCopy:
                reader.Skip(2);
                BulkOperation(nameof(GuestSupport.MemoryCopy));
                break;
            case Op.MemoryFill:
                reader.Skip(1);
                BulkOperation(nameof(GuestSupport.MemoryFill));
                break;
            case Op.MemoryInit:
                int data = (int)reader.ReadU32();
                reader.Skip(1);
                BulkOperation(nameof(GuestSupport.MemoryInit), data);
                break;
            case Op.DataDrop:
                _il.Ldarg(0);
                _il.I4((int)reader.ReadU32());
                CallSupport(nameof(GuestSupport.DataDrop));
                break;
            case Op.RefNull:
                reader.Skip(1);
                PushConstant(LocalType.Native, 0);
                break;
            case Op.RefIsNull:
                Emit(Pop());
                _il.I4(0);
                _il.Op(IL.Conv_U);
                _il.Raw([IL.Prefix, IL.Ceq]);
                PushFromIL(LocalType.I32);
                break;
            case Op.RefFunc:
                LoadContext(_layout.Reference(_layout.ReferenceSlots[(int)reader.ReadU32()]));
                _il.Op(IL.Ldind_I);
                PushFromIL(LocalType.Native);
                break;
            default:
                if (OperationTable.Get(opcode) is { } operation)
                    PushOperation(opcode, operation);
                else
                    TableInstruction(ref reader, opcode);
                break;
        }
    }

    private void Variable(int index, ushort opcode)
    {
        switch (opcode)
        {
            case Op.LocalGet:
                PushLocal(index);
                break;
            case Op.LocalSet:
                SetLocal(index);
                break;
            case Op.LocalTee:
                SetLocal(index);
                PushLocal(index);
                break;
            case Op.GlobalGet:
                Push(AddNode(new Node
                {
                    Kind = NodeKind.Global, Type = _module.Globals[index].Type.ToLocalType(), A = index, B = -1, C = -1,
                    ReadsGlobal = _module.Globals[index].Mutable,
                }));
                break;
            default:
                int value = Pop();
                MaterializeReaders(memory: false, globals: true);
                EmitGlobalAddress(index);
                Emit(value);
                EmitStoreIndirect(_module.Globals[index].Type.ToLocalType());
                break;
        }
    }

    private void PushLocal(int index) => Push(AddNode(new Node
    {
        Kind = NodeKind.Local, Type = _localTypes[index], A = index, B = -1, C = -1, Locals = 1UL << (index & 63),
    }));

    private void SetLocal(int index)
    {
        int value = Pop();
        MaterializeReadersOfLocal(index);
        Emit(value);
        EmitSetLocal(index);
        _checked.Assign(index);
    }

    private void EmitGlobalAddress(int index)
    {
        LoadContext(_layout.Global(index));
        if (index < _module.ImportedGlobals)
            _il.Op(IL.Ldind_I);
    }

    private void Select()
    {
        int condition = Pop();
        LocalType type = _nodes[_stack[_stackCount - 1]].Type;
        bool integer = type is LocalType.I32 or LocalType.I64;
        if (!integer || _nodes[_stack[_stackCount - 1]].Kind != NodeKind.Local)
            MaterializeTop(1);
        int second = Pop();
        int first = Pop();
        if (integer)
            SelectByMask(type, first, second, condition);
        else
            SelectByBranch(type, first, second, condition);
    }

    // Without a branch, which would often be mispredicted: second ^ ((first ^ second) & -(condition != 0)).
    private void SelectByMask(LocalType type, int first, int second, int condition)
    {
        Emit(first);
        EmitAgain(second);
        _il.Op(IL.Xor);
        Emit(condition);
        _il.I4(0);
        _il.Raw([IL.Prefix, IL.Cgt_Un]);
        _il.Op(IL.Neg);
        if (type == LocalType.I64)
            _il.Op(IL.Conv_I8);
        _il.Op(IL.And);
        Emit(second);
        _il.Op(IL.Xor);
        PushFromIL(type);
    }

    private void EmitAgain(int node)
    {
        if (_nodes[node].Kind == NodeKind.Local)
            EmitLocal(_nodes[node].A);
        else
            EmitCopy(node);
    }

    private void SelectByBranch(LocalType type, int first, int second, int condition)
    {
        int result = TakeTemporary(type);
        int done = _il.NewLabel();
        Emit(first);
        _il.Stloc(result);
        Emit(condition);
        _il.Branch(IL.Brtrue, done);
        Emit(second);
        _il.Stloc(result);
        _il.Mark(done);
        PushTemporary(result);
    }

    private void TableInstruction(ref WasmReader reader, ushort opcode)
    {
        int index = (int)reader.ReadU32();
        switch (opcode)
        {
            case Op.TableGet:
                int element = Pop();
                LoadTable(index, 0);
                Emit(element);
                CallSupport(nameof(GuestSupport.TableGet));
                PushFromIL(LocalType.Native);
                break;
            case Op.TableSet:
                int value = Pop();
                int position = Pop();
                LoadTable(index, 0);
                Emit(position);
                Emit(value);
                CallSupport(nameof(GuestSupport.TableSet));
                break;
            case Op.TableInit:
                BulkOperation(nameof(GuestSupport.TableInit), (int)reader.ReadU32(), index);
                break;
            case Op.ElementDrop:
                _il.Ldarg(0);
                _il.I4(index);
                CallSupport(nameof(GuestSupport.ElementDrop));
                break;
            case Op.TableCopy:
                BulkOperation(nameof(GuestSupport.TableCopy), index, (int)reader.ReadU32());
                break;
            case Op.TableGrow:
                int count = Pop();
                int initial = Pop();
                LoadTable(index, 0);
                Emit(initial);
                Emit(count);
                CallSupport(nameof(GuestSupport.TableGrow));
                PushFromIL(LocalType.I32);
                break;
            case Op.TableSize:
                LoadTable(index, TableRecord.LengthOffset);
                _il.Op(IL.Ldind_I4);
                PushFromIL(LocalType.I32);
                break;
            default:
                int length = Pop();
                int filler = Pop();
                int start = Pop();
                LoadTable(index, 0);
                Emit(start);
                Emit(filler);
                Emit(length);
                CallSupport(nameof(GuestSupport.TableFill));
                break;
        }
    }
}
