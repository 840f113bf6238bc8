using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <content>The operand stack, its expressions, and the temporaries that hold them.</content>
internal sealed partial class FunctionTranslator
{
    // Deeper trees would make the just-in-time compiler's recursion deep.
    private const int MaxTreeDepth = 24;

    private const ushort F32ReinterpretI32 = 0xbe;
    private const ushort I32Rotl = 0x77;
    private const ushort I32Rotr = 0x78;
    private const ushort I64Rotl = 0x89;
    private const ushort I64Rotr = 0x8a;

    private readonly Stack<int>[] _free = [new(), new(), new(), new(), new(), new()];
    private Node[] _nodes = new Node[256];
    private int _nodeCount;
    private int[] _stack = new int[64];
    private int _stackCount;
    private bool _inArithmetic;

    private int AddNode(in Node node)
    {
        if (_nodeCount == _nodes.Length)
            Array.Resize(ref _nodes, _nodeCount * 2);
        _nodes[_nodeCount] = node;
        return _nodeCount++;
    }

    private void Push(int node)
    {
        if (_stackCount == _stack.Length)
            Array.Resize(ref _stack, _stackCount * 2);
        _stack[_stackCount++] = node;
    }

    private int Pop() => _stack[--_stackCount];

    private void PushConstant(LocalType type, long value, long high = 0) =>
        Push(AddNode(new Node { Kind = NodeKind.Constant, Type = type, Value = value, High = high, B = -1, C = -1 }));

    private int TemporaryNode(int local, NodeKind kind = NodeKind.Temporary) =>
        AddNode(new Node { Kind = kind, Type = _ilLocals[local], A = local, B = -1, C = -1 });

    private void PushTemporary(int local) => Push(TemporaryNode(local));

    private int TakeTemporary(LocalType type) => _free[(int)type].TryPop(out int local) ? local : NewLocal(type);

    private void ReleaseTemporary(int local) => _free[(int)_ilLocals[local]].Push(local);

    /// <summary>Stores what is on the stack of IL and pushes it as an operand.</summary>
    private void PushFromIL(LocalType type)
    {
        int local = TakeTemporary(type);
        _il.Stloc(local);
        PushTemporary(local);
    }

    private void PushOperation(ushort opcode, Operation operation)
    {
        Node node = new() { Kind = NodeKind.Operation, Type = operation.Result, Opcode = opcode, A = -1, B = -1, C = -1 };
        if (operation.Operands == 3)
            node.C = Pop();
        if (operation.Operands >= 2)
            node.B = Pop();
        node.A = Pop();
        Absorb(ref node, node.A);
        Absorb(ref node, node.B);
        Absorb(ref node, node.C);
        int index = AddNode(node);
        if (operation.Traps && !IsSafeDivision(opcode, node.B))
        {
            Emit(index);
            PushFromIL(operation.Result);
        }
        else
        {
            Push(index);
            if (node.Depth >= MaxTreeDepth)
                Materialize(_stackCount - 1);
        }
    }

    // A parent depends on what its operands depend on.
    private void Absorb(ref Node parent, int operand)
    {
        if (operand < 0)
            return;
        ref Node node = ref _nodes[operand];
        parent.Depth = (byte)Math.Max(parent.Depth, node.Depth + 1);
        parent.ReadsMemory |= node.ReadsMemory;
        parent.ReadsGlobal |= node.ReadsGlobal;
        parent.Locals |= node.Locals;
    }

    // Division by a constant other than 0 and -1 needs no check.
    private bool IsSafeDivision(ushort opcode, int divisor) =>
        opcode is (>= 0x6d and <= 0x70) or (>= 0x7f and <= 0x82)
        && _nodes[divisor].Kind == NodeKind.Constant && _nodes[divisor].Value is not (0 or -1);

    /// <summary>Emits an expression; its temporaries are free afterwards.</summary>
    private void Emit(int index)
    {
        Node node = _nodes[index];
        bool inArithmetic = _inArithmetic;
        _inArithmetic = false;
        switch (node.Kind)
        {
            case NodeKind.Constant:
                EmitConstant(node);
                break;
            case NodeKind.Local:
                EmitLocal(node.A);
                break;
            case NodeKind.Temporary:
                _il.Ldloc(node.A);
                ReleaseTemporary(node.A);
                break;
            case NodeKind.Shared:
                _il.Ldloc(node.A);
                break;
            case NodeKind.Global:
                EmitGlobalAddress(node.A);
                EmitLoadIndirect(node.Type);
                break;
            case NodeKind.Load:
                EmitLoad(node);
                break;
            default:
                EmitOperation(node, inArithmetic);
                break;
        }
    }

    private void EmitOperation(in Node node, bool inArithmetic)
    {
        Operation operation = OperationTable.Get(node.Opcode)!;
        bool arithmetic = IsArithmetic(node);
        _inArithmetic = arithmetic;
        Emit(node.A);
        _inArithmetic = arithmetic;
        if (node.B >= 0)
            Emit(node.B);
        _inArithmetic = false;
        if (node.C >= 0)
            Emit(node.C);
        if (node.Opcode == F32ReinterpretI32)
            EmitSingleOfBits();
        else if (UnfoldedMethod(node) is { } unfolded)
            _il.Call(_assembly.Support(typeof(UnfoldedOperations), unfolded));
        else if (operation.Code is { } code)
            _il.Raw(code);
        else if (operation.Traps && IsSafeDivision(node.Opcode, node.B))
            _il.Op(PlainDivision(node.Opcode));
        else
            _il.Call(_assembly.Support(operation.Owner!, operation.Method!));
        if (!inArithmetic && node.Opcode is (I32Rotl or I32Rotr or I64Rotl or I64Rotr))
            EmitZeroFlag(node.Opcode >= I64Rotl);
    }

    // The just-in-time compiler takes a rotation by a constant for an instruction that sets the zero flag, and leaves out
    // the comparison with zero behind it. An exclusive or does set it. Where arithmetic comes next, nothing is compared.
    private void EmitZeroFlag(bool wide)
    {
        LoadContext(Context.Zero);
        _il.Op(IL.Ldind_I4);
        if (wide)
            _il.Op(IL.Conv_I8);
        _il.Op(IL.Xor);
    }

    // Additions and the like of two values that are not known.
    private bool IsArithmetic(in Node node) =>
        node.Opcode is (>= 0x6a and <= 0x6c) or (>= 0x71 and <= 0x73) or (>= 0x7c and <= 0x7e) or (>= 0x83 and <= 0x85)
        && _nodes[node.A].Kind != NodeKind.Constant && _nodes[node.B].Kind != NodeKind.Constant;

    // Of bits that it knows the just-in-time compiler makes a constant, by way of a double, which quiets a NaN.
    private void EmitSingleOfBits()
    {
        LoadContext(Context.Zero);
        _il.Op(IL.Ldind_I4);
        _il.Op(IL.Xor);
        _il.Call(_assembly.Support(typeof(NumericOperations), nameof(NumericOperations.ReinterpretI32)));
    }

    // x - 0, x * 1, x / 1 and the like, and demotion of a promotion: the compiler would leave them out, and with them
    // the quieting of signalling NaNs.
    private string? UnfoldedMethod(in Node node)
    {
        switch (node.Opcode)
        {
            case 0xb6:
                return _nodes[node.A] is { Kind: NodeKind.Operation, Opcode: 0xbb } ? nameof(UnfoldedOperations.F32Demote) : null;
            case >= 0x93 and <= 0x95 when IsZeroOrOne(node.A) || IsZeroOrOne(node.B):
                return UnfoldedOperations.F32[node.Opcode - 0x93];
            case >= 0xa1 and <= 0xa3 when IsZeroOrOne(node.A) || IsZeroOrOne(node.B):
                return UnfoldedOperations.F64[node.Opcode - 0xa1];
            default:
                return null;
        }
    }

    private bool IsZeroOrOne(int index)
    {
        ref Node node = ref _nodes[index];
        return node.Kind == NodeKind.Constant
            && Math.Abs(node.Type == LocalType.F32 ? BitConverter.Int32BitsToSingle((int)node.Value) : BitConverter.Int64BitsToDouble(node.Value)) is 0 or 1;
    }

    private static byte PlainDivision(ushort opcode) => (byte)(IL.Div + ((opcode - (opcode < 0x7f ? 0x6d : 0x7f)) & 3));

    private void EmitConstant(in Node node)
    {
        switch (node.Type)
        {
            case LocalType.I32:
                _il.I4((int)node.Value);
                break;
            case LocalType.I64:
                _il.I8(node.Value);
                break;
            case LocalType.F32 when float.IsNaN(BitConverter.Int32BitsToSingle((int)node.Value)):
                // A constant of IL would lose the payload.
                _il.I4((int)node.Value);
                _il.Call(_assembly.Support(typeof(NumericOperations), nameof(NumericOperations.F32Constant)));
                break;
            case LocalType.F32:
                _il.R4((int)node.Value);
                break;
            case LocalType.F64 when double.IsNaN(BitConverter.Int64BitsToDouble(node.Value)):
                _il.I8(node.Value);
                _il.Call(_assembly.Support(typeof(NumericOperations), nameof(NumericOperations.F64Constant)));
                break;
            case LocalType.F64:
                _il.R8(node.Value);
                break;
            case LocalType.V128:
                _il.I8(node.Value);
                _il.I8(node.High);
                CallSupport(nameof(GuestSupport.Vector));
                break;
            default:
                _il.Native(node.Value);
                break;
        }
    }

    private void EmitLocal(int index)
    {
        if (index < _parameterCount)
            _il.Ldarg(index + 1);
        else
            _il.Ldloc(index - _parameterCount);
    }

    private void EmitSetLocal(int index)
    {
        if (index < _parameterCount)
            _il.Starg(index + 1);
        else
            _il.Stloc(index - _parameterCount);
    }

    /// <summary>Emits an operand that is not to be consumed; it must be a constant or a temporary.</summary>
    private void EmitCopy(int index)
    {
        ref Node node = ref _nodes[index];
        if (node.Kind == NodeKind.Constant)
            EmitConstant(node);
        else
            _il.Ldloc(node.A);
    }

    /// <summary>Computes an operand into a temporary, unless it is one or a constant.</summary>
    private void Materialize(int position)
    {
        int index = _stack[position];
        if (_nodes[index].Kind is NodeKind.Constant or NodeKind.Temporary or NodeKind.Shared)
            return;
        LocalType type = _nodes[index].Type;
        Emit(index);
        int local = TakeTemporary(type);
        _il.Stloc(local);
        _stack[position] = TemporaryNode(local);
    }

    /// <summary>Computes all operands but the uppermost <paramref name="except"/>.</summary>
    private void MaterializeAll(int except = 0)
    {
        for (int i = 0; i < _stackCount - except; i++)
            Materialize(i);
    }

    private void MaterializeTop(int count)
    {
        for (int i = _stackCount - count; i < _stackCount; i++)
            Materialize(i);
    }

    // Before a local changes.
    private void MaterializeReadersOfLocal(int local)
    {
        ulong bit = 1UL << (local & 63);
        for (int i = 0; i < _stackCount; i++)
        {
            if ((_nodes[_stack[i]].Locals & bit) != 0)
                Materialize(i);
        }
    }

    // Before memory or globals change.
    private void MaterializeReaders(bool memory, bool globals)
    {
        for (int i = 0; i < _stackCount; i++)
        {
            ref Node node = ref _nodes[_stack[i]];
            if ((memory && node.ReadsMemory) || (globals && node.ReadsGlobal))
                Materialize(i);
        }
    }

    /// <summary>Forgets the operands above a height.</summary>
    private void DropTo(int height)
    {
        while (_stackCount > height)
            Discard(Pop());
    }

    private void Discard(int index)
    {
        if (index < 0)
            return;
        Node node = _nodes[index];
        switch (node.Kind)
        {
            case NodeKind.Temporary:
                ReleaseTemporary(node.A);
                break;
            case NodeKind.Operation:
                Discard(node.A);
                Discard(node.B);
                Discard(node.C);
                break;
            case NodeKind.Load:
                Discard(node.A);
                break;
        }
    }

}
