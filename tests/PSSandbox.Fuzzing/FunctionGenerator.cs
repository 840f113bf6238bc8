using PSSandbox.Wasm;
using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Fuzzing;

/// <summary>
/// Makes up the body of a function, one instruction after the other, each valid for what is on the stack. Where an
/// operation may give any NaN, what makes it the same NaN belongs to its instruction.
/// </summary>
internal sealed partial class FunctionGenerator
{
    // A call takes more than a turn of a loop, so that units end before any stack does.
    private const int UnitsOfCall = 5;

    private readonly ModuleGenerator _module;
    private readonly RandomSource _random;
    private readonly WasmFunctionType _type;
    private readonly int _typeIndex;
    private readonly List<byte[]> _instructions = [];
    private readonly List<WasmValueType> _stack = [];
    private readonly List<Frame> _frames = [];
    private readonly List<WasmValueType> _locals = [];
    private readonly int _general;
    private readonly Stack<int> _freeCounters = new();
    private readonly List<int> _counters = [];

    /// <summary>A function of a type.</summary>
    public FunctionGenerator(ModuleGenerator module, RandomSource random, int type)
    {
        _module = module;
        _random = random;
        _typeIndex = type;
        _type = module.Types[type];
        _locals.AddRange(_type.Parameters);
        WasmValueType[] types =
        [
            WasmValueType.I32, WasmValueType.I32, WasmValueType.I64, WasmValueType.F32, WasmValueType.F64, WasmValueType.V128,
            WasmValueType.FuncRef, WasmValueType.ExternRef,
        ];
        for (int i = _random.Below(_random.OneIn(15) ? 80 : 8); i > 0; i--)
            _locals.Add(_random.Pick(types));
        _general = _locals.Count;
        _locals.AddRange([WasmValueType.F32, WasmValueType.F64, WasmValueType.V128, WasmValueType.I32, WasmValueType.I32]);
        _freeCounters.Push(_general + 3);
        _freeCounters.Push(_general + 4);
    }

    private Frame Top => _frames[^1];

    private int Available => _stack.Count - Top.Height;

    /// <summary>The function.</summary>
    public GeneratedFunction Generate()
    {
        _frames.Add(new Frame(Op.Block, [], _type.Results, 0));
        Emit(writer => TakeUnits(writer, UnitsOfCall));
        int steps = _random.Below(60) switch
        {
            0 => 4000,
            < 6 => 400,
            < 40 => 80,
            _ => 15,
        };
        while (steps-- > 0 && (_frames.Count > 1 || !Top.Unreachable))
            Step();
        while (_frames.Count > 0)
            End();
        return new GeneratedFunction(_typeIndex, [.. _locals.Skip(_type.Parameters.Length)], _instructions);
    }

    private static void Opcode(ModuleWriter writer, ushort opcode)
    {
        if (opcode <= byte.MaxValue)
        {
            writer.Byte((byte)opcode);
            return;
        }

        writer.Byte((byte)(opcode >> 8));
        writer.U32((byte)opcode);
    }

    // Traps where the units do not suffice.
    private static void TakeUnits(ModuleWriter writer, int units)
    {
        writer.Bytes([(byte)Op.GlobalGet, ModuleGenerator.UnitsGlobal, (byte)Op.I32Const, (byte)units, 0x48, (byte)Op.If, 0x40, 0, (byte)Op.End]);
        writer.Bytes([(byte)Op.GlobalGet, ModuleGenerator.UnitsGlobal, (byte)Op.I32Const, (byte)units, 0x6b, (byte)Op.GlobalSet, ModuleGenerator.UnitsGlobal]);
    }

    private void Emit(Action<ModuleWriter> write) => _instructions.Add(GeneratedModule.Written(write));

    private void Emit(ushort opcode) => Emit(writer => Opcode(writer, opcode));

    private void Emit(ushort opcode, int index) => Emit(writer =>
    {
        Opcode(writer, opcode);
        writer.U32((uint)index);
    });

    private void Step()
    {
        if (Top.Unreachable && _random.Percent(60))
        {
            End();
            return;
        }

        switch (_random.Below(100))
        {
            case < 42:
                Operate();
                break;
            case < 58:
                AccessMemory();
                break;
            case < 64:
                Assign();
                break;
            case < 68:
                Push(_random.Pick(_locals));
                break;
            case < 79:
                Begin();
                break;
            case < 86 when _frames.Count > 1:
                End();
                break;
            case < 90:
                Branch();
                break;
            case < 93:
                Call();
                break;
            case < 96:
                UseTable();
                break;
            case < 98:
                MoveMemory();
                break;
            default:
                Select();
                break;
        }
    }

    // Pops what an instruction takes; where nothing is reached there may be less of it.
    private void Pop(int count)
    {
        int present = Math.Min(count, Available);
        _stack.RemoveRange(_stack.Count - present, present);
    }

    private void Pop(IReadOnlyList<WasmValueType> types) => Pop(types.Count);

    // Puts values of these types on the stack, by way of those that are there already.
    private void Require(params IReadOnlyList<WasmValueType> types)
    {
        int here = Math.Min(types.Count, Available);
        if (Top.Unreachable && here == Available && EndsWith(types, types.Count - here, here) && _random.Percent(50))
            return;
        for (; here > 0; here--)
        {
            if (EndsWith(types, 0, here) && _random.Percent(85))
                break;
        }

        for (int i = here; i < types.Count; i++)
            Push(types[i]);
    }

    // Whether the stack ends with a part of the types.
    private bool EndsWith(IReadOnlyList<WasmValueType> types, int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_stack[_stack.Count - count + i] != types[first + i])
                return false;
        }

        return true;
    }

    private void Push(WasmValueType type)
    {
        int source = _random.Below(10);
        if (source < 5 && SomeLocal(type) is >= 0 and var local)
            Emit(Op.LocalGet, local);
        else if (source < 7 && SomeGlobal(type, mutable: false) is >= 0 and var global)
            Emit(Op.GlobalGet, global);
        else if (type == WasmValueType.FuncRef && source < 9)
            Emit(Op.RefFunc, _random.Range(_module.Imports, _module.FunctionTypes.Count - 1));
        else
            _instructions.Add(ModuleGenerator.Constant(_random, type));
        _stack.Add(type);
    }

    private int SomeLocal(WasmValueType type)
    {
        // A counter may be read as any other; what a NaN waits in may not.
        int from = _random.Below(_locals.Count);
        for (int i = 0; i < _locals.Count; i++)
        {
            int local = (from + i) % _locals.Count;
            if (_locals[local] == type && (local < _general || type == WasmValueType.I32))
                return local;
        }

        return -1;
    }

    private int SomeVariable(WasmValueType type)
    {
        if (_general == 0)
            return -1;
        int from = _random.Below(_general);
        for (int i = 0; i < _general; i++)
        {
            int local = (from + i) % _general;
            if (_locals[local] == type)
                return local;
        }

        return -1;
    }

    private int SomeGlobal(WasmValueType type, bool mutable)
    {
        int from = _random.Below(_module.Globals.Count);
        for (int i = 0; i < _module.Globals.Count; i++)
        {
            int global = (from + i) % _module.Globals.Count;
            if (_module.Globals[global].Type == type && global != ModuleGenerator.UnitsGlobal && (!mutable || _module.Globals[global].Mutable))
                return global;
        }

        return -1;
    }

    // Takes the top value off the stack, and keeps it somewhere if that can be.
    private void TakeTop()
    {
        WasmValueType type = _stack[^1];
        int target = _random.Below(10);
        if (target < 7 && SomeVariable(type) is >= 0 and var local)
            Emit(Op.LocalSet, local);
        else if (target < 9 && SomeGlobal(type, mutable: true) is >= 0 and var global)
            Emit(Op.GlobalSet, global);
        else
            Emit(Op.Drop);
        Pop(1);
    }

    private void Assign()
    {
        if (Available == 0)
        {
            Push(_random.Pick(_locals));
            return;
        }

        if (_random.OneIn(3) && SomeVariable(_stack[^1]) is >= 0 and var local)
            Emit(Op.LocalTee, local);
        else
            TakeTop();
    }

    private void Select()
    {
        WasmValueType type = Available > 0 ? _stack[^1] : _random.Pick(_locals);
        Require(type, type);
        Push(WasmValueType.I32);
        if (type.IsReference() || _random.OneIn(3))
            Emit(writer => writer.Bytes([(byte)Op.SelectTyped, 1, (byte)type]));
        else
            Emit(Op.Select);
        Pop(3);
        _stack.Add(type);
    }
}
