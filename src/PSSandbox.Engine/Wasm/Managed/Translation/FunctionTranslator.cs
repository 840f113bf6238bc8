using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>
/// Translates validated functions to IL, one after the other. The operand stack is kept at translation time: it
/// consists of <see cref="Node"/>s, which are emitted where their value is used, so that the just-in-time compiler
/// meets the expressions that the source had. At the borders of blocks operands are in temporaries, and the stack of
/// IL is empty wherever there is a label.
/// </summary>
internal sealed partial class FunctionTranslator
{
    /// <summary>What a frame may need without an own check of its size, in bytes.</summary>
    private const int SmallFrame = 8 * 1024;

    private const int MaxStack = 256;

    // The runtime's compiler gives up optimising at 20,000 instructions or 8,000 mentions of locals. Functions near that
    // are translated again: first without what outer loops save of their locals, then with memory accesses as calls, of
    // which it puts in line what it sees fit.
    private const int MaxInstructions = 19_500;
    private const int MaxLocalReferences = 7_800;
    private const int MaxCompactness = 2;

    private readonly ModuleDefinition _module;
    private readonly ContextLayout _layout;
    private readonly CodeAssembly _assembly;
    private readonly ILWriter _il = new();
    private readonly List<LocalType> _ilLocals = [];
    private LocalType[] _localTypes = new LocalType[64];
    private int _parameterCount;
    private int _localCount;
    private int _memoryLocal;
    private readonly LoopAnalysis _analysis = new();
    private readonly CheckedAccesses _checked = new();
    private int _maxCallArguments;
    private int _compactness;
    private int _saveLocal;
    private WasmFunctionType _type = null!;

    /// <summary>Makes a translator for a module's functions.</summary>
    public FunctionTranslator(ModuleDefinition module, ContextLayout layout, CodeAssembly assembly, bool metered)
    {
        _module = module;
        _layout = layout;
        _assembly = assembly;
        _metered = metered;
        _methodTokens = new int[module.FunctionTypes.Count];
    }

    /// <summary>Translates one function and adds its method; one with a huge frame becomes two, a gate and the body.</summary>
    /// <param name="function">Index of the function.</param>
    /// <param name="body">Its body.</param>
    /// <param name="deferred">Takes what must be added as a method after those of all functions.</param>
    public void Translate(int function, FunctionBody body, List<Action> deferred)
    {
        _type = _module.FunctionType(function);
        _compactness = 0;
        TranslateBody(body);
        while (_compactness < MaxCompactness && (_il.Instructions > MaxInstructions || _il.LocalReferences > MaxLocalReferences))
        {
            _compactness++;
            TranslateBody(body);
        }

        string name = NameOf(function);
        int maxStack = MaxStack + _maxCallArguments;
        int frameSize = FrameSize();
        if (frameSize <= SmallFrame)
        {
            _assembly.AddFunction(name, _type, _il, _ilLocals, maxStack);
            return;
        }

        // The gate checks for the body's frame before that is made.
        ILWriter code = new();
        code.Raw(_il.Finish());
        LocalType[] locals = [.. _ilLocals];
        WasmFunctionType type = _type;
        AddGate(name, frameSize, CodeAssembly.MethodToken(_firstDeferred + deferred.Count));
        deferred.Add(() => _assembly.AddFunction(name + "$body", type, code, locals, maxStack));
    }

    private void TranslateBody(FunctionBody body)
    {
        Begin(body);
        WasmReader reader = new(_module.Binary.Span, body.CodeStart, body.CodeEnd);
        _analysis.Run(reader, _localCount);
        _checked.Clear(_localCount);
        Prologue();
        EnterFunction();
        while (_frames.Count > 0)
        {
            ushort opcode = reader.ReadOpcode();
            if (_unreachable)
            {
                SkipUnreachable(ref reader, opcode);
                continue;
            }

            if (_metered)
                Meter(opcode);
            Instruction(ref reader, opcode);
        }

        Epilogue();
    }

    private string NameOf(int function) =>
        _module.FunctionNames.TryGetValue(function, out string? name) && name.Length is > 0 and < 500 && !name.Contains('\0', StringComparison.Ordinal)
            ? name : "f" + function;

    private void Begin(FunctionBody body)
    {
        _il.Clear();
        _ilLocals.Clear();
        _nodeCount = 0;
        _stackCount = 0;
        _frames.Clear();
        _unreachable = false;
        _loopStubs.Clear();
        Array.Fill(_trapLabels, -1);
        _maxCallArguments = 0;
        _saveLocal = -1;
        foreach (Stack<int> free in _free)
            free.Clear();
        _localCount = 0;
        foreach (WasmValueType type in _type.Parameters)
            AddLocal(type);
        _parameterCount = _localCount;
        foreach (LocalRun run in body.Locals)
        {
            for (int i = 0; i < run.Count; i++)
            {
                AddLocal(run.Type);
                _ilLocals.Add(run.Type.ToLocalType());
            }
        }
    }

    private void AddLocal(WasmValueType type)
    {
        if (_localCount == _localTypes.Length)
            Array.Resize(ref _localTypes, _localCount * 2);
        _localTypes[_localCount++] = type.ToLocalType();
    }

    // Compares the stack pointer (the address of a local) with the limit, which also is how an interruption shows.
    private void Prologue()
    {
        _memoryLocal = -1;
        if (_module is { Memory: not null, MemoryIsImported: true })
        {
            _memoryLocal = NewLocal(LocalType.Native);
            LoadContext(Context.MemoryBase);
            _il.Op(IL.Ldind_I);
            _il.Stloc(_memoryLocal);
        }

        // Locals are zero at first; said here, so that the compiler need not clear all that it has on the stack.
        for (int i = _parameterCount; i < _localCount; i++)
        {
            EmitConstant(new Node { Kind = NodeKind.Constant, Type = _localTypes[i] });
            EmitSetLocal(i);
        }

        // One that calls nothing cannot be part of a recursion, and what its frame may need is always there.
        if (_analysis.HasCalls)
            EmitEntryCheck(NewLocal(LocalType.I32), 0);
        _fuelPending = 0;
        if (_metered)
            EmitFuelCheck();
    }

    private void EmitEntryCheck(int probe, int frameSize)
    {
        int ok = _il.NewLabel();
        _il.Ldloca(probe);
        _il.Op(IL.Conv_U);
        if (frameSize > 0)
        {
            _il.I4(frameSize);
            _il.Op(IL.Conv_U);
            _il.Op(IL.Sub);
        }

        LoadContext(Context.StackLimit);
        _il.Raw([IL.Prefix, IL.Volatile, IL.Ldind_I]);
        _il.Branch(IL.Bge_Un, ok);
        _il.Ldarg(0);
        _il.I4(frameSize);
        _il.Call(_assembly.Support(typeof(GuestSupport), nameof(GuestSupport.OnEntry)));
        _il.Mark(ok);
    }

    private void AddGate(string name, int frameSize, int bodyToken)
    {
        _il.Clear();
        EmitEntryCheck(0, frameSize);
        _il.Ldarg(0);
        for (int i = 0; i < _parameterCount; i++)
            _il.Ldarg(i + 1);
        _il.Call(bodyToken);
        _il.Op(IL.Ret);
        _assembly.AddFunction(name, _type, _il, [LocalType.I32], MaxStack + _parameterCount);
    }

    // An estimate from above: every local in a slot of its own, what the compiler spills, and outgoing arguments.
    private int FrameSize()
    {
        long size = _il.Length / 8;
        foreach (LocalType type in _ilLocals)
            size += type == LocalType.V128 ? 16 : 8;
        size += _maxCallArguments * 16L;
        return (int)Math.Min(size, int.MaxValue / 2);
    }

    private int NewLocal(LocalType type)
    {
        _ilLocals.Add(type);
        return _ilLocals.Count - 1;
    }

    private void LoadContext(int offset)
    {
        _il.Ldarg(0);
        _il.Offset(offset);
        _il.Op(IL.Add);
    }

    private void LoadMemoryBase()
    {
        if (_memoryLocal >= 0)
            _il.Ldloc(_memoryLocal);
        else
            _il.Ldarg(0);
    }

    private void CallSupport(string method) => _il.Call(_assembly.Support(typeof(GuestSupport), method));
}
