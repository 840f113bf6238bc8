using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <content>Blocks, loops and conditions.</content>
internal sealed partial class FunctionTranslator
{
    private readonly List<Frame> _frames = [];
    private readonly List<LoopStub> _loopStubs = [];
    private readonly int[] _trapLabels = new int[(int)WasmTrapKind.OutOfFuel + 1];
    private bool _unreachable;
    private int _skippedBlocks;

    private Frame Current => _frames[^1];

    private void EnterFunction() => _frames.Add(new Frame { Opcode = Op.Block, Type = _type, Label = -1, IsFunction = true });

    private void EnterBlock(ushort opcode, int position, WasmFunctionType type)
    {
        int condition = opcode == Op.If ? Pop() : -1;
        int parameters = type.Parameters.Length;
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

        if (opcode == Op.Loop)
            _checked.EnterLoop(_analysis.AssignedIn(position));
        else
            _checked.Enter();

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
        if (_metered)
            EmitFuelCheck();
        _loopStubs.Add(new LoopStub(stub, before, _analysis.LiveAt(position, innermostOnly: _compactness > 0), frame.ParameterTemporaries));
    }

    // Parameters of a loop are assigned again by branches, those of an if are read in both arms.
    private void ShareParameters(Frame frame)
    {
        int count = frame.Type.Parameters.Length;
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
        _checked.Meet();
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

        // Where nothing but the end itself leads here, what held before it holds.
        if (frame.Opcode == Op.If || (frame.Opcode != Op.Loop && frame.Targeted) || _unreachable)
            _checked.Meet();
        _checked.Leave();
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
