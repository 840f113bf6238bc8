using PSSandbox.Wasm;
using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Fuzzing;

/// <content>Blocks, branches and calls.</content>
internal sealed partial class FunctionGenerator
{
    private const byte EmptyBlock = 0x40;
    private const byte I32LessUnsigned = 0x49;
    private const byte I32Add = 0x6a;
    private const byte I32And = 0x71;

    private void Begin()
    {
        if (_frames.Count > 30)
            return;
        if (_module.HasMemory && _freeCounters.Count > 0 && _random.OneIn(4))
        {
            BeginCounted();
            return;
        }

        ushort opcode = _random.Below(10) switch
        {
            < 3 => Op.Block,
            < 6 => Op.Loop,
            _ => Op.If,
        };

        // A type of the module, or one of those that need none.
        int type = _random.OneIn(3) ? _random.Below(_module.Types.Count) : -1;
        WasmFunctionType signature = type >= 0 ? _module.Types[type]
            : new WasmFunctionType([], _random.OneIn(2) ? [] : [_random.Pick(_locals)]);
        Require(signature.Parameters);
        if (opcode == Op.If)
        {
            Push(WasmValueType.I32);
            Pop(1);
        }

        Emit(writer =>
        {
            writer.Byte((byte)opcode);
            if (type >= 0)
                writer.Signed(type);
            else
                writer.Byte(signature.Results.Length == 0 ? EmptyBlock : (byte)signature.Results[0]);
            if (opcode == Op.Loop)
                TakeUnits(writer, 1);
        });
        Pop(signature.Parameters);
        Enter(new Frame(opcode, signature.Parameters, signature.Results, _stack.Count));
    }

    // A loop that goes over a part of memory, often over its end.
    private void BeginCounted()
    {
        int counter = _freeCounters.Pop();
        int start = _random.Below(3) switch
        {
            0 => 0,
            1 => _random.Below(100),
            _ => 65536 - _random.Below(200),
        };
        int step = 1 << _random.Below(5);
        int end = start + (step * _random.Range(1, 12));
        if (start > 60000 && _random.Percent(80))
            end = Math.Min(end, 65536 - 16);
        Emit(writer =>
        {
            writer.Byte((byte)Op.I32Const);
            writer.Signed(start);
            writer.Byte((byte)Op.LocalSet);
            writer.U32((uint)counter);
            writer.Bytes([(byte)Op.Loop, EmptyBlock]);
            TakeUnits(writer, 1);
        });
        _counters.Add(counter);
        Enter(new Frame(Op.Loop, [], [], _stack.Count) { Counter = counter, Count = (step, end) });
    }

    private void Enter(Frame frame)
    {
        _frames.Add(frame);
        _stack.AddRange(frame.Parameters);
    }

    // Ends the innermost block, or its first arm.
    private void End()
    {
        Frame frame = Top;
        Leave(frame.Results);
        if (frame.Opcode == Op.If && (!frame.Parameters.SequenceEqual(frame.Results) || _random.OneIn(2)))
        {
            Emit(Op.Else);
            frame.Opcode = Op.Else;
            frame.Unreachable = false;
            _stack.RemoveRange(frame.Height, Available);
            _stack.AddRange(frame.Parameters);
            return;
        }

        Emit(writer =>
        {
            if (frame.Counter >= 0)
            {
                Counter(writer, (byte)Op.LocalGet, frame.Counter);
                Constant(writer, frame.Count.Step);
                writer.Byte(I32Add);
                Counter(writer, (byte)Op.LocalTee, frame.Counter);
                Constant(writer, frame.Count.End);
                writer.Bytes([I32LessUnsigned, (byte)Op.BrIf, 0]);
            }

            writer.Byte((byte)Op.End);
        });
        if (frame.Counter >= 0)
        {
            _freeCounters.Push(frame.Counter);
            _counters.Remove(frame.Counter);
        }

        _stack.RemoveRange(frame.Height, Available);
        _stack.AddRange(frame.Results);
        _frames.RemoveAt(_frames.Count - 1);
    }

    private static void Counter(ModuleWriter writer, byte opcode, int local)
    {
        writer.Byte(opcode);
        writer.U32((uint)local);
    }

    private static void Constant(ModuleWriter writer, int value)
    {
        writer.Byte((byte)Op.I32Const);
        writer.Signed(value);
    }

    // Makes the stack of the block just these types.
    private void Leave(IReadOnlyList<WasmValueType> types)
    {
        if (Available == types.Count && EndsWith(types, 0, types.Count))
            return;
        while (Available > 0)
            TakeTop();
        if (Top.Unreachable && _random.OneIn(2))
            return;
        foreach (WasmValueType type in types)
            Push(type);
    }

    private void Branch()
    {
        int kind = _random.Below(20);
        if (kind == 0 && _random.OneIn(4))
        {
            Stop(Op.Unreachable);
        }
        else if (kind < 3)
        {
            Require(_type.Results);
            Stop(Op.Return);
        }
        else
        {
            int depth = _random.Below(_frames.Count);
            IReadOnlyList<WasmValueType> label = _frames[^(depth + 1)].Label;
            Require(label);
            if (kind < 6)
            {
                Emit(Op.Br, depth);
                Stop(null);
            }
            else if (kind < 16)
            {
                Push(WasmValueType.I32);
                Emit(Op.BrIf, depth);
                Pop(1 + label.Count);
                _stack.AddRange(label);
            }
            else
            {
                BranchByTable(depth, label);
            }
        }
    }

    private void BranchByTable(int depth, IReadOnlyList<WasmValueType> label)
    {
        List<int> depths = [];
        for (int i = 0; i < _frames.Count; i++)
        {
            if (_frames[^(i + 1)].Label.SequenceEqual(label))
                depths.Add(i);
        }

        Push(WasmValueType.I32);
        int count = _random.OneIn(10) ? _random.Below(100) : _random.Below(6);
        if (_random.Percent(70))
            Emit(writer => writer.Bytes([(byte)Op.I32Const, 7, I32And]));
        Emit(writer =>
        {
            writer.Byte((byte)Op.BrTable);
            writer.U32((uint)count);
            for (int i = 0; i < count; i++)
                writer.U32((uint)_random.Pick(depths));
            writer.U32((uint)depth);
        });
        Stop(null);
    }

    private void Stop(ushort? opcode)
    {
        if (opcode is { } instruction)
            Emit(instruction);
        _stack.RemoveRange(Top.Height, Available);
        Top.Unreachable = true;
    }

    private void Call()
    {
        int table = _module.Tables.IndexOf(WasmValueType.FuncRef);
        if (table >= 0 && _random.OneIn(2))
        {
            while (_random.OneIn(2) && _module.Tables.IndexOf(WasmValueType.FuncRef, table + 1) is >= 0 and var other)
                table = other;
            int type = _random.OneIn(4) ? _random.Below(_module.Types.Count) : _random.Pick(_module.FunctionTypes);
            Require(_module.Types[type].Parameters);
            PushIndex();
            Emit(writer =>
            {
                writer.Byte((byte)Op.CallIndirect);
                writer.U32((uint)type);
                writer.U32((uint)table);
            });
            Pop(1);
            Finish(_module.Types[type]);
        }
        else
        {
            int function = _random.Below(_module.FunctionTypes.Count);
            WasmFunctionType type = _module.Types[_module.FunctionTypes[function]];
            Require(type.Parameters);
            Emit(Op.Call, function);
            Finish(type);
        }

        void Finish(WasmFunctionType type)
        {
            Pop(type.Parameters);
            _stack.AddRange(type.Results);
        }
    }
}
