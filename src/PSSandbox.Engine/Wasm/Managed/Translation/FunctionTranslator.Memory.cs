using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <content>Memory: checked accesses, and bulk operations.</content>
internal sealed partial class FunctionTranslator
{
    private static readonly (byte Code, LocalType Type, bool Widen)[] Loads =
    [
        (IL.Ldind_I4, LocalType.I32, false), (IL.Ldind_I8, LocalType.I64, false),
        (IL.Ldind_R4, LocalType.F32, false), (IL.Ldind_R8, LocalType.F64, false),
        (IL.Ldind_I1, LocalType.I32, false), (IL.Ldind_U1, LocalType.I32, false),
        (IL.Ldind_I2, LocalType.I32, false), (IL.Ldind_U2, LocalType.I32, false),
        (IL.Ldind_I1, LocalType.I64, true), (IL.Ldind_U1, LocalType.I64, true),
        (IL.Ldind_I2, LocalType.I64, true), (IL.Ldind_U2, LocalType.I64, true),
        (IL.Ldind_I4, LocalType.I64, true), (IL.Ldind_U4, LocalType.I64, true),
    ];

    private static readonly (byte Code, bool Narrow)[] Stores =
    [
        (IL.Stind_I4, false), (IL.Stind_I8, false), (IL.Stind_R4, false), (IL.Stind_R8, false),
        (IL.Stind_I1, false), (IL.Stind_I2, false), (IL.Stind_I1, true), (IL.Stind_I2, true), (IL.Stind_I4, true),
    ];

    /// <summary>
    /// Checks the access that the uppermost operand is the address of, and gives a node for the address, whose value is
    /// the offset. A local stays what it is; it needs no check where one that reached as far stands before.
    /// </summary>
    private int PopCheckedAddress(ref WasmReader reader, int size)
    {
        reader.ReadU32();
        long offset = reader.ReadU32();
        int address = Pop();
        int node;
        if (_nodes[address].Kind == NodeKind.Local)
        {
            int local = _nodes[address].A;
            node = AddNode(_nodes[address]);
            if (!_checked.IsChecked(local, offset + size))
            {
                EmitLocal(local);
                _il.Op(IL.Conv_U);
                EmitBoundsCheck(offset + size);
                _checked.Check(local, offset + size);
            }
        }
        else
        {
            Emit(address);
            _il.Op(IL.Conv_U);
            int temporary = TakeTemporary(LocalType.Native);
            _il.Stloc(temporary);
            _il.Ldloc(temporary);
            EmitBoundsCheck(offset + size);
            node = TemporaryNode(temporary);
        }

        _nodes[node].Value = offset;
        return node;
    }

    // The address, widened, is on IL's stack.
    private void EmitBoundsCheck(long extent)
    {
        _il.Offset(extent);
        _il.Op(IL.Add);
        LoadMemoryLength();
        _il.Branch(IL.Bgt_Un, TrapLabel(WasmTrapKind.MemoryOutOfBounds));
    }

    private void LoadMemoryLength()
    {
        LoadMemoryBase();
        _il.Offset(Context.MemoryLength);
        _il.Op(IL.Add);
        _il.Op(IL.Ldind_I);
    }

    // Leaves the address in the host on the stack of IL.
    private void EmitHostAddress(int node)
    {
        long offset = _nodes[node].Value;
        LoadMemoryBase();
        Emit(node);
        if (_nodes[node].Kind == NodeKind.Local)
            _il.Op(IL.Conv_U);
        _il.Op(IL.Add);
        if (offset == 0)
            return;
        _il.Offset(offset);
        _il.Op(IL.Add);
    }

    // The whole access as a call, in functions that are too large otherwise. False where it is to be spelled out: it
    // needs no check, or is a rare one.
    private bool TryAccessByCall(ref WasmReader reader, int address, int value, ushort opcode)
    {
        WasmReader ahead = reader;
        ahead.ReadU32();
        uint offset = ahead.ReadU32();
        int size = OpcodeTable.Get(opcode).Size;
        if (_compactness < 2 || opcode >= 0x100 || offset > int.MaxValue - 16
            || (_nodes[address].Kind == NodeKind.Local && _checked.IsChecked(_nodes[address].A, offset + size)))
        {
            return false;
        }

        reader = ahead;
        if (_nodes[address].Kind == NodeKind.Local)
            _checked.Check(_nodes[address].A, offset + size);
        if (value >= 0)
            MaterializeReaders(memory: true, globals: false);
        Emit(address);
        if (value >= 0)
            Emit(value);
        _il.I4((int)offset);
        LoadMemoryBase();
        _il.Call(_assembly.Support(
            typeof(CheckedMemory),
            value >= 0 ? CheckedMemory.Stores[opcode - Op.FirstStore] : CheckedMemory.Loads[opcode - Op.FirstLoad]));
        return true;
    }

    private void Load(ref WasmReader reader, ushort opcode)
    {
        if (TryAccessByCall(ref reader, _stack[_stackCount - 1], -1, opcode))
        {
            Pop();
            PushFromIL(Loads[opcode - Op.FirstLoad].Type);
            return;
        }

        int size = OpcodeTable.Get(opcode).Size;
        int address = PopCheckedAddress(ref reader, size);
        LocalType type = opcode < 0x100 ? Loads[opcode - Op.FirstLoad].Type : LocalType.V128;
        Push(AddNode(new Node
        {
            Kind = NodeKind.Load, Type = type, Opcode = opcode, A = address, B = -1, C = -1, Depth = 1, ReadsMemory = true,
            Locals = _nodes[address].Locals,
        }));
    }

    private void EmitLoad(in Node node)
    {
        EmitHostAddress(node.A);
        if (node.Opcode >= 0x100)
        {
            if (node.Opcode == Op.V128Load)
                _il.Token(IL.Ldobj, _assembly.VectorToken);
            else
                _il.Call(_assembly.Support(typeof(VectorMemory), VectorLoads[node.Opcode & 0xff]!));
            return;
        }

        (byte code, _, bool widen) = Loads[node.Opcode - Op.FirstLoad];
        _il.Op(code);
        if (widen)
            _il.Op(code is IL.Ldind_U1 or IL.Ldind_U2 or IL.Ldind_U4 ? IL.Conv_U8 : IL.Conv_I8);
    }

    private void Store(ref WasmReader reader, ushort opcode)
    {
        int value = Pop();
        int candidate = Pop();
        if (TryAccessByCall(ref reader, candidate, value, opcode))
            return;
        Push(candidate);
        int address = PopCheckedAddress(ref reader, OpcodeTable.Get(opcode).Size);
        MaterializeReaders(memory: true, globals: false);
        EmitHostAddress(address);
        Emit(value);
        if (opcode == Op.V128Store)
        {
            _il.Token(IL.Stobj, _assembly.VectorToken);
            return;
        }

        (byte code, bool narrow) = Stores[opcode - Op.FirstStore];
        if (narrow)
            _il.Op(IL.Conv_I4);
        _il.Op(code);
    }

    private void MemorySize(ref WasmReader reader)
    {
        reader.ReadByte();
        LoadMemoryLength();
        _il.I4(16);
        _il.Op(IL.Shr_Un);
        _il.Op(IL.Conv_I4);
        PushFromIL(LocalType.I32);
    }

    private void MemoryGrow(ref WasmReader reader)
    {
        reader.ReadByte();
        int pages = Pop();
        MaterializeReaders(memory: true, globals: false);
        _il.Ldarg(0);
        Emit(pages);
        CallSupport(nameof(GuestSupport.MemoryGrow));
        PushFromIL(LocalType.I32);
    }

    // Operations of three integers that are calls: memory and table, copy, fill and init.
    private void BulkOperation(string method, params ReadOnlySpan<int> immediates)
    {
        int count = Pop();
        int second = Pop();
        int first = Pop();
        MaterializeReaders(memory: true, globals: false);
        _il.Ldarg(0);
        foreach (int immediate in immediates)
            _il.I4(immediate);
        Emit(first);
        Emit(second);
        Emit(count);
        CallSupport(method);
    }

    private void EmitLoadIndirect(LocalType type)
    {
        switch (type)
        {
            case LocalType.I32:
                _il.Op(IL.Ldind_I4);
                break;
            case LocalType.I64:
                _il.Op(IL.Ldind_I8);
                break;
            case LocalType.F32:
                _il.Op(IL.Ldind_R4);
                break;
            case LocalType.F64:
                _il.Op(IL.Ldind_R8);
                break;
            case LocalType.V128:
                _il.Token(IL.Ldobj, _assembly.VectorToken);
                break;
            default:
                _il.Op(IL.Ldind_I);
                break;
        }
    }

    private void EmitStoreIndirect(LocalType type)
    {
        switch (type)
        {
            case LocalType.I32:
                _il.Op(IL.Stind_I4);
                break;
            case LocalType.I64:
                _il.Op(IL.Stind_I8);
                break;
            case LocalType.F32:
                _il.Op(IL.Stind_R4);
                break;
            case LocalType.F64:
                _il.Op(IL.Stind_R8);
                break;
            case LocalType.V128:
                _il.Token(IL.Stobj, _assembly.VectorToken);
                break;
            default:
                _il.Op(IL.Stind_I);
                break;
        }
    }
}
