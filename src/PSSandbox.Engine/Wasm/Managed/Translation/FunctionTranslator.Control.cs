using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <content>Blocks and branches.</content>
internal sealed partial class FunctionTranslator
{
    private readonly List<Frame> _frames = [];
    private readonly List<LoopStub> _loopStubs = [];
    private readonly int[] _trapLabels = new int[8];
    private bool _unreachable;
    private int _skippedBlocks;

    private Frame Current => _frames[^1];

    private void EnterFunction() => _frames.Add(new Frame { Opcode = Op.Block, Type = _type, Label = -1, IsFunction = true });

    private void EnterBlock(ushort opcode, int position, WasmFunctionType type)
    {
        int condition = opcode == Op.If ? Pop() : -1;
        int parameters = type.Parameters.Count;
        MaterializeAll();
        Frame frame = new() { Opcode = opcode, Type = type, Height = _stackCount - parameters, Label = _il.NewLabel() };
        if (parameters > 0 && opcode != Op.Block)
            ShareParameters(frame);
        if (opcode == Op.If)
        {
            frame.ElseLabel = _il.NewLabel();
            Emit(condition);
            _il.Branch(IL.Brfalse, frame.ElseLabel);
        }
        else if (opcode == Op.Loop)
        {
            EnterLoop(frame, position);
        }

        _frames.Add(frame);
    }

    // The flag is read at the head of every loop. What answers it goes back to before the head, so that to the compiler
    // it is no part of the loop but a way out of it: it then keeps the loop's values in registers that the call would
    // clobber. The read there keeps that place from becoming one with the head.
    private void EnterLoop(Frame frame, int position)
    {
        int before = _il.NewLabel();
        int stub = _il.NewLabel();
        _il.Mark(before);
        LoadContext(Context.Interrupt);
        _il.Raw([IL.Prefix, IL.Volatile, IL.Ldind_I4, IL.Pop]);
        _il.Mark(frame.Label);
        LoadContext(Context.Interrupt);
        _il.Raw([IL.Prefix, IL.Volatile, IL.Ldind_I4]);
        _il.Branch(IL.Brtrue, stub);
        _loopStubs.Add(new LoopStub(stub, before, _analysis.LiveAt(position), frame.ParameterTemporaries));
    }

    // Parameters of a loop are assigned again by branches, those of an if are read in both arms.
    private void ShareParameters(Frame frame)
    {
        int count = frame.Type.Parameters.Count;
        frame.ParameterTemporaries = new int[count];
        for (int i = 0; i < count; i++)
        {
            int position = frame.Height + i;
            int node = _stack[position];
            LocalType type = _nodes[node].Type;
            int local = TakeTemporary(type);
            Emit(node);
            _il.Stloc(local);
            frame.ParameterTemporaries[i] = local;
            _stack[position] = TemporaryNode(local, NodeKind.Shared);
        }
    }

    private void Else()
    {
        Frame frame = Current;
        EndArm(frame);
        frame.Opcode = Op.Else;
        _il.Mark(frame.ElseLabel);
        _unreachable = false;
        if (frame.ParameterTemporaries is { } parameters)
        {
            foreach (int local in parameters)
                Push(TemporaryNode(local, NodeKind.Shared));
        }
    }

    // The first arm of an if: its results go where those of the second will.
    private void EndArm(Frame frame)
    {
        if (!_unreachable)
        {
            AssignResults(frame);
            _il.Branch(IL.Br, frame.Label);
            frame.Targeted = true;
        }

        DropTo(frame.Height);
    }

    private void End()
    {
        Frame frame = Current;
        if (frame.IsFunction)
        {
            if (!_unreachable)
                Return(consume: true);
            _frames.Clear();
            return;
        }

        if (frame.Opcode == Op.If)
            EndIfWithoutElse(frame);
        else if (frame.Opcode != Op.Loop && frame.Targeted)
            EndTargeted(frame);
        else if (_unreachable)
            DropTo(frame.Height);

        if (frame.ParameterTemporaries is { } parameters)
        {
            // What still refers to them must be computed before they are free.
            MaterializeShared(frame.Height);
            foreach (int local in parameters)
                ReleaseTemporary(local);
        }

        _frames.RemoveAt(_frames.Count - 1);
    }

    private void EndTargeted(Frame frame)
    {
        if (!_unreachable)
            AssignResults(frame);
        DropTo(frame.Height);
        _il.Mark(frame.Label);
        _unreachable = false;
        PushResults(frame);
    }

    private void EndIfWithoutElse(Frame frame)
    {
        EndArm(frame);
        _il.Mark(frame.ElseLabel);
        _unreachable = false;
        if (frame.ParameterTemporaries is { } parameters)
        {
            foreach (int local in parameters)
                Push(TemporaryNode(local, NodeKind.Shared));
            AssignResults(frame);
        }

        DropTo(frame.Height);
        _il.Mark(frame.Label);
        PushResults(frame);
    }

    private void PushResults(Frame frame)
    {
        if (frame.ResultTemporaries is not { } results)
            return;
        foreach (int local in results)
            PushTemporary(local);
    }

    // Shared temporaries that are left on the stack, also within expressions, are computed into own ones.
    private void MaterializeShared(int height)
    {
        for (int i = height; i < _stackCount; i++)
        {
            int node = _stack[i];
            if (_nodes[node].Kind is NodeKind.Constant or NodeKind.Temporary)
                continue;
            LocalType type = _nodes[node].Type;
            Emit(node);
            int local = TakeTemporary(type);
            _il.Stloc(local);
            _stack[i] = TemporaryNode(local);
        }
    }

    private int[] TargetTemporaries(Frame frame)
    {
        if (frame.Opcode == Op.Loop)
            return frame.ParameterTemporaries ?? [];
        if (frame.ResultTemporaries is { } existing)
            return existing;
        WasmValueType[] types = frame.Type.ResultTypes();
        int[] result = new int[types.Length];
        for (int i = 0; i < types.Length; i++)
            result[i] = TakeTemporary(types[i].ToLocalType());
        return frame.ResultTemporaries = result;
    }

    // Consumes the uppermost operands into the temporaries of a frame's label.
    private void AssignResults(Frame frame)
    {
        int[] targets = TargetTemporaries(frame);
        int first = _stackCount - targets.Length;
        for (int i = 0; i < targets.Length; i++)
            Emit(_stack[first + i]);
        for (int i = targets.Length - 1; i >= 0; i--)
            _il.Stloc(targets[i]);
        _stackCount = first;
        NoteStack(targets.Length);
    }

    private void Branch(int depth)
    {
        Frame frame = _frames[_frames.Count - 1 - depth];
        if (frame.IsFunction)
        {
            Return(consume: true);
        }
        else
        {
            frame.Targeted = true;
            AssignResults(frame);
            _il.Branch(IL.Br, frame.Label);
        }

        SetUnreachable();
    }

    private void BranchIf(int depth)
    {
        int condition = Pop();
        Frame frame = _frames[_frames.Count - 1 - depth];
        int arity = frame.IsFunction || frame.Opcode != Op.Loop ? frame.Type.Results.Count : frame.Type.Parameters.Count;
        if (arity == 0 && !frame.IsFunction)
        {
            frame.Targeted = true;
            Emit(condition);
            _il.Branch(IL.Brtrue, frame.Label);
            return;
        }

        Push(condition);
        MaterializeReadyForCopy(arity);
        int skip = _il.NewLabel();
        Emit(Pop());
        _il.Branch(IL.Brfalse, skip);
        BranchWithCopies(frame);
        _il.Mark(skip);
    }

    // The operands under the condition stay: they are computed, and copied by the branch.
    private void MaterializeReadyForCopy(int arity)
    {
        for (int i = _stackCount - 1 - arity; i < _stackCount - 1; i++)
            Materialize(i);
    }

    private void BranchWithCopies(Frame frame)
    {
        if (frame.IsFunction)
        {
            Return(consume: false);
            return;
        }

        frame.Targeted = true;
        int[] targets = TargetTemporaries(frame);
        int first = _stackCount - targets.Length;
        for (int i = 0; i < targets.Length; i++)
            EmitCopy(_stack[first + i]);
        for (int i = targets.Length - 1; i >= 0; i--)
            _il.Stloc(targets[i]);
        NoteStack(targets.Length);
        _il.Branch(IL.Br, frame.Label);
    }

    private void BranchTable(ref WasmReader reader)
    {
        int selector = Pop();
        int count = (int)reader.ReadU32();
        int[] labels = new int[count];
        Dictionary<int, int> stubs = [];
        bool simple = true;
        for (int i = 0; i <= count; i++)
        {
            int depth = (int)reader.ReadU32();
            Frame frame = _frames[_frames.Count - 1 - depth];
            bool direct = !frame.IsFunction && (frame.Opcode == Op.Loop ? frame.Type.Parameters.Count : frame.Type.Results.Count) == 0;
            if (!stubs.TryGetValue(depth, out int label))
            {
                label = direct ? frame.Label : _il.NewLabel();
                stubs.Add(depth, label);
            }

            frame.Targeted |= direct;
            simple &= direct;
            if (i < count)
            {
                labels[i] = label;
                continue;
            }

            if (!simple)
            {
                Push(selector);
                MaterializeReadyForCopy(frame.IsFunction || frame.Opcode != Op.Loop ? frame.Type.Results.Count : frame.Type.Parameters.Count);
                selector = Pop();
            }

            Emit(selector);
            _il.Switch(labels);
            _il.Branch(IL.Br, label);
        }

        foreach ((int depth, int label) in stubs)
        {
            Frame frame = _frames[_frames.Count - 1 - depth];
            if (label == frame.Label)
                continue;
            _il.Mark(label);
            BranchWithCopies(frame);
        }

        SetUnreachable();
    }

    // The first result is IL's, the others are left in the context.
    private void Return(bool consume)
    {
        WasmValueType[] types = _type.ResultTypes();
        int first = _stackCount - types.Length;
        for (int i = 1; i < types.Length; i++)
        {
            LoadContext(_layout.Scratch + ((i - 1) * 16));
            EmitResult(_stack[first + i], consume);
            EmitStoreIndirect(types[i].ToLocalType());
        }

        if (types.Length > 0)
            EmitResult(_stack[first], consume);
        _il.Op(IL.Ret);
        if (consume)
            _stackCount = first;
    }

    private void EmitResult(int node, bool consume)
    {
        if (consume)
            Emit(node);
        else
            EmitCopy(node);
    }

    private void SetUnreachable()
    {
        DropTo(Current.Height);
        _unreachable = true;
        _skippedBlocks = 0;
    }

    private void SkipUnreachable(ref WasmReader reader, ushort opcode)
    {
        switch (opcode)
        {
            case Op.Block or Op.Loop or Op.If:
                _skippedBlocks++;
                break;
            case Op.Else when _skippedBlocks == 0:
                Else();
                return;
            case Op.End when _skippedBlocks == 0:
                End();
                return;
            case Op.End:
                _skippedBlocks--;
                break;
        }

        InstructionSkipper.SkipImmediates(ref reader, opcode);
    }

    private void NoteStack(int values) => _maxCallArguments = Math.Max(_maxCallArguments, values);

    private int TrapLabel(WasmTrapKind kind)
    {
        ref int label = ref _trapLabels[(int)kind];
        if (label < 0)
            label = _il.NewLabel();
        return label;
    }

    // Out of the way of the code that runs: what loops call when interrupted, and the traps.
    private void Epilogue()
    {
        foreach (LoopStub stub in _loopStubs)
            EmitLoopStub(stub);

        for (int kind = 0; kind < _trapLabels.Length; kind++)
        {
            if (_trapLabels[kind] < 0)
                continue;
            _il.Mark(_trapLabels[kind]);
            _il.Call(_assembly.Support(typeof(Traps), (WasmTrapKind)kind switch
            {
                WasmTrapKind.MemoryOutOfBounds => nameof(Traps.MemoryOutOfBounds),
                WasmTrapKind.TableOutOfBounds => nameof(Traps.UndefinedElement),
                WasmTrapKind.UninitializedElement => nameof(Traps.UninitializedElement),
                _ => nameof(Traps.IndirectCallTypeMismatch),
            }));
            EmitDefaultReturn();
        }
    }

    // Around a loop without calls nothing shall live across this call either: floats would then be in memory all the time,
    // and few integers in registers. So what is live is stored before it and loaded again after it.
    private void EmitLoopStub(LoopStub stub)
    {
        _il.Mark(stub.Label);
        if (stub.Live is { } live)
            SaveLocals(live, stub.Parameters, save: true);
        _il.Ldarg(0);
        CallSupport(nameof(GuestSupport.OnLoop));
        if (stub.Live is { } again)
            SaveLocals(again, stub.Parameters, save: false);
        _il.Branch(IL.Br, stub.Back);
    }

    private void SaveLocals(ulong live, int[]? parameters, bool save)
    {
        int slot = 0;
        for (int local = 0; local < _localCount; local++)
        {
            if ((live >> local & 1) == 0)
                continue;
            LoadSaveSlot(slot++);
            if (!save)
                EmitLoadIndirect(_localTypes[local]);
            if (save)
                EmitLocal(local);
            else
                EmitSetLocal(local);
            if (save)
                EmitStoreIndirect(_localTypes[local]);
        }

        // The parameters of the loop itself, as far as there is room.
        foreach (int temporary in parameters.AsSpan()[..Math.Min(parameters?.Length ?? 0, Context.SaveSlots - slot)])
        {
            LoadSaveSlot(slot++);
            LocalType type = _ilLocals[temporary];
            if (save)
            {
                _il.Ldloc(temporary);
                EmitStoreIndirect(type);
            }
            else
            {
                EmitLoadIndirect(type);
                _il.Stloc(temporary);
            }
        }
    }

    private void LoadSaveSlot(int slot)
    {
        LoadContext(Context.SaveArea);
        _il.Op(IL.Ldind_I);
        if (slot == 0)
            return;
        _il.I4(slot * 16);
        _il.Op(IL.Add);
    }

    // Unreachable at run time, but the code must not fall off its end.
    private void EmitDefaultReturn()
    {
        if (_type.ResultTypes() is [WasmValueType first, ..])
            EmitConstant(new Node { Kind = NodeKind.Constant, Type = first.ToLocalType() });
        _il.Op(IL.Ret);
    }

    private readonly record struct LoopStub(int Label, int Back, ulong? Live, int[]? Parameters);

    private sealed class Frame
    {
        public ushort Opcode;
        public required WasmFunctionType Type;
        public int Height;
        public int Label;
        public int ElseLabel;
        public bool IsFunction;
        public bool Targeted;
        public int[]? ResultTemporaries;
        public int[]? ParameterTemporaries;
    }
}
