using PSSandbox.Wasm.Binary;

namespace PSSandbox.Wasm.Managed.Translation;

/// <content>Branches and returns, and the values that they carry.</content>
internal sealed partial class FunctionTranslator
{
    private int[] TargetTemporaries(Frame frame)
    {
        if (frame.Opcode == Op.Loop)
            return frame.ParameterTemporaries ?? [];
        if (frame.ResultTemporaries is { } existing)
            return existing;
        WasmValueType[] types = frame.Type.Results;
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
        int arity = frame.IsFunction || frame.Opcode != Op.Loop ? frame.Type.Results.Length : frame.Type.Parameters.Length;
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
            bool direct = !frame.IsFunction && (frame.Opcode == Op.Loop ? frame.Type.Parameters.Length : frame.Type.Results.Length) == 0;
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
                MaterializeReadyForCopy(frame.IsFunction || frame.Opcode != Op.Loop ? frame.Type.Results.Length : frame.Type.Parameters.Length);
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
        WasmValueType[] types = _type.Results;
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
}
