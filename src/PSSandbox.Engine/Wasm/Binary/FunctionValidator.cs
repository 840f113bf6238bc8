namespace PSSandbox.Wasm.Binary;

/// <summary>Validates the bodies of functions by the algorithm of the specification's appendix (WebAssembly 2.0, A.3).</summary>
internal sealed partial class FunctionValidator(ModuleDefinition module)
{
    /// <summary>The type of a value that unreachable code may take from an empty stack.</summary>
    private const WasmValueType Unknown = 0;

    private WasmValueType[] _operands = new WasmValueType[64];
    private int _operandCount;
    private ControlFrame[] _frames = new ControlFrame[16];
    private int _frameCount;
    private WasmValueType[] _locals = new WasmValueType[64];
    private int _localCount;
    private int _start;
    private int _loops;
    private int _assignments;
    private long _moves;
    private long _merges;
    private long _allMerges;
    private int _blocks;
    private long _allBlockLocals;

    /// <summary>Validates one function.</summary>
    /// <exception cref="WasmFormatException">The body is malformed, invalid or over a limit.</exception>
    public void Validate(int function, FunctionBody body)
    {
        WasmFunctionType type = module.FunctionType(function);
        _operandCount = 0;
        _frameCount = 0;
        _loops = 0;
        _assignments = 0;
        _merges = 0;
        _blocks = 0;
        SetLocals(type, body);
        PushFrame(Op.Block, type, 0);
        WasmReader reader = new(module.Binary.Span, body.CodeStart, body.CodeEnd);
        while (_frameCount > 0)
        {
            if (reader.AtEnd)
                reader.Fail("unexpected end: END opcode expected");
            _start = reader.Position;
            ushort opcode = reader.ReadOpcode();
            Instruction(ref reader, opcode);
        }

        if (!reader.AtEnd)
            reader.Fail("section size mismatch: END opcode expected at the end of the function");
        CountBlockLocals();
    }

    private void SetLocals(WasmFunctionType type, FunctionBody body)
    {
        _localCount = 0;
        foreach (WasmValueType parameter in type.Parameters)
            AddLocal(parameter);
        foreach (LocalRun run in body.Locals)
        {
            for (int i = 0; i < run.Count; i++)
                AddLocal(run.Type);
        }
    }

    private void AddLocal(WasmValueType type)
    {
        if (_localCount == _locals.Length)
            Array.Resize(ref _locals, _localCount * 2);
        _locals[_localCount++] = type;
    }

    private void Fail(string reason) => throw new WasmFormatException(_start, reason);

    private void Push(WasmValueType type)
    {
        if (_operandCount == _operands.Length)
        {
            if (_operandCount >= WasmComplexity.MaxOperands)
                Fail($"too many operands: the limit is {WasmComplexity.MaxOperands}");
            Array.Resize(ref _operands, _operandCount * 2);
        }

        _operands[_operandCount++] = type;
    }

    private void Push(WasmValueType[] types)
    {
        Move(types.Length);
        foreach (WasmValueType type in types)
            Push(type);
    }

    private WasmValueType Pop()
    {
        ref ControlFrame frame = ref _frames[_frameCount - 1];
        if (_operandCount == frame.Height)
        {
            if (!frame.Unreachable)
                Fail("type mismatch: the stack is empty");
            return Unknown;
        }

        return _operands[--_operandCount];
    }

    private WasmValueType Pop(WasmValueType expected)
    {
        WasmValueType actual = Pop();
        if (actual != expected && actual != Unknown && expected != Unknown)
            Fail($"type mismatch: expected {expected.Name()}, found {actual.Name()}");
        return actual == Unknown ? expected : actual;
    }

    // Instructions of two bytes may move a thousand values each, which costs every later pass as much as this one.
    private void Move(int values)
    {
        _moves += values;
        if (_moves > WasmComplexity.MaxMoves)
            Fail($"too many values moved by calls, blocks and branches: the limit is {WasmComplexity.MaxMoves}");
    }

    private void Pop(WasmValueType[] types)
    {
        Move(types.Length);
        for (int i = types.Length - 1; i >= 0; i--)
            Pop(types[i]);
    }

    private void PushFrame(ushort opcode, WasmFunctionType type, int height)
    {
        if (_frameCount == _frames.Length)
        {
            if (_frameCount >= WasmComplexity.MaxNesting)
                Fail($"blocks nested too deep: the limit is {WasmComplexity.MaxNesting}");
            Array.Resize(ref _frames, _frameCount * 2);
        }

        _blocks++;
        if (opcode == Op.Loop && ++_loops > WasmComplexity.MaxLoopNesting)
            Fail($"loops nested too deep: the limit is {WasmComplexity.MaxLoopNesting}");
        _frames[_frameCount++] = new ControlFrame { Opcode = opcode, Type = type, Height = height, Assignments = _assignments };
    }

    private void EnterBlock(ushort opcode, WasmFunctionType type)
    {
        WasmValueType[] parameters = type.Parameters;
        Pop(parameters);
        PushFrame(opcode, type, _operandCount);
        Push(parameters);
    }

    private ControlFrame PopFrame()
    {
        ControlFrame frame = _frames[_frameCount - 1];
        Pop(frame.Type.Results);
        if (_operandCount != frame.Height)
            Fail("type mismatch: values remain on the stack at the end of the block");
        _frameCount--;
        Merge(frame);
        if (frame.Opcode == Op.Loop)
            _loops--;
        return frame;
    }

    // What code generators do where branches meet: a local that was assigned gets one of several values there, and each
    // loop around it takes part. They are made for compilers' output, and take far more than linear time for this.
    private void Merge(in ControlFrame frame)
    {
        long merges = (frame.Branches + 1L) * Math.Min(_assignments - frame.Assignments, _localCount) * (_loops + 1);
        _merges += merges;
        _allMerges += merges;
        if (_merges > WasmComplexity.MaxMerges)
            Fail($"function too complex: values of locals meet at branches {_merges} times, the limit is {WasmComplexity.MaxMerges}");
        if (_allMerges > WasmComplexity.MaxModuleMerges)
            Fail($"module too complex: values of locals meet at branches more often than the limit of {WasmComplexity.MaxModuleMerges} times");
    }

    // Each local may be alive in each block, and code generators keep account of that.
    private void CountBlockLocals()
    {
        long blockLocals = (long)_blocks * _localCount;
        _allBlockLocals += blockLocals;
        if (blockLocals > WasmComplexity.MaxBlockLocals)
            Fail($"function too complex: {_blocks} blocks and branches times {_localCount} locals, the limit is {WasmComplexity.MaxBlockLocals}");
        if (_allBlockLocals > WasmComplexity.MaxModuleBlockLocals)
            Fail($"module too complex: blocks and branches times locals are more than the limit of {WasmComplexity.MaxModuleBlockLocals}");
    }

    private void SetUnreachable()
    {
        ref ControlFrame frame = ref _frames[_frameCount - 1];
        _operandCount = frame.Height;
        frame.Unreachable = true;
    }

    private WasmValueType[] Label(uint depth)
    {
        if (depth >= (uint)_frameCount)
            Fail($"unknown label {depth}");
        ref ControlFrame frame = ref _frames[_frameCount - 1 - (int)depth];
        frame.Branches++;
        _blocks++;
        return frame.Opcode == Op.Loop ? frame.Type.Parameters : frame.Type.Results;
    }

    private void BranchTable(ref WasmReader reader)
    {
        int count = reader.ReadVectorLength(WasmComplexity.MaxBranchTargets, "branch targets");
        Pop(WasmValueType.I32);
        WasmReader targets = reader;
        for (int i = 0; i < count; i++)
            reader.ReadU32();
        int arity = Label(reader.ReadU32()).Length;
        WasmReader end = reader;

        // The default's types are checked last; every target must have its arity and fit the operands.
        for (int i = 0; i <= count; i++)
        {
            WasmValueType[] types = Label(targets.ReadU32());
            if (types.Length != arity)
                Fail("type mismatch: branch targets of different arity");
            CheckBranch(types);
        }

        reader = end;
        SetUnreachable();
    }

    // Like popping and pushing back, but what was unknown stays unknown.
    private void CheckBranch(WasmValueType[] types)
    {
        Move(types.Length);
        ref ControlFrame frame = ref _frames[_frameCount - 1];
        for (int i = 0; i < types.Length; i++)
        {
            int slot = _operandCount - 1 - i;
            WasmValueType expected = types[types.Length - 1 - i];
            if (slot < frame.Height)
            {
                if (!frame.Unreachable)
                    Fail("type mismatch: too few values for the branch");
                return;
            }

            WasmValueType actual = _operands[slot];
            if (actual != expected && actual != Unknown)
                Fail($"type mismatch: expected {expected.Name()}, found {actual.Name()}");
        }
    }

    private struct ControlFrame
    {
        public ushort Opcode;
        public WasmFunctionType Type;
        public int Height;
        public bool Unreachable;
        public int Assignments;
        public int Branches;
    }
}
