using PSSandbox.Wasm;
using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Fuzzing;

/// <content>Numeric and vector operations, memory and tables.</content>
internal sealed partial class FunctionGenerator
{
    private static readonly ushort[] Operations = [.. AllOpcodes().Where(static opcode => OpcodeTable.Get(opcode) is
        { Immediate: ImmediateKind.None or ImmediateKind.Lane or ImmediateKind.Shuffle, Signature: { Length: > 1 } })];

    private static readonly ushort[] Accesses = [.. AllOpcodes().Where(static opcode =>
        OpcodeTable.Get(opcode).Immediate is ImmediateKind.MemoryArgument or ImmediateKind.MemoryArgumentAndLane)];

    private static readonly int[] Masks = [0x7f, 0xff, 0xffc, 0xfff0, 0xffff];

    private static IEnumerable<ushort> AllOpcodes() =>
        from prefix in (int[])[0, 0xfc, 0xfd] from low in Enumerable.Range(0, 256) select (ushort)(prefix << 8 | low);

    private static bool IsDivision(ushort opcode) => opcode is (>= 0x6d and <= 0x70) or (>= 0x7f and <= 0x82);

    private static bool IsTrappingConversion(ushort opcode) => opcode is (>= 0xa8 and <= 0xab) or (>= 0xae and <= 0xb1);

    // Operations of which the specification leaves open which NaN they give: what the result is then, or null.
    private static WasmValueType? OpenNaN(ushort opcode) => opcode switch
    {
        (>= 0x8d and <= 0x97) or 0xb6 => WasmValueType.F32,
        (>= 0x9b and <= 0xa5) or 0xbb => WasmValueType.F64,
        (>= 0xfd67 and <= 0xfd6a) or 0xfde3 or (>= 0xfde4 and <= 0xfde9) or 0xfd5e => WasmValueType.V128,
        0xfd74 or 0xfd75 or 0xfd7a or 0xfd94 or 0xfdef or (>= 0xfdf0 and <= 0xfdf5) or 0xfd5f => WasmValueType.V128,
        _ => null,
    };

    private static bool IsOfDoubles(ushort opcode) => opcode is 0xfd74 or 0xfd75 or 0xfd7a or 0xfd94 or 0xfd5f or (>= 0xfdef and <= 0xfdf5);

    private void Operate()
    {
        ushort opcode = _random.Pick(Operations);
        if (_random.OneIn(2))
            opcode = _random.Pick(Operations[..128]);
        if (IsTrappingConversion(opcode) && _random.Percent(80))
            return;
        OpcodeInfo info = OpcodeTable.Get(opcode);
        int colon = info.Signature.IndexOf(':', StringComparison.Ordinal);
        WasmValueType[] operands = [.. info.Signature[..colon].Select(ValueTypes.FromLetter)];
        Require(operands);
        if (IsDivision(opcode) && _random.Percent(85))
            Emit(writer => writer.Bytes(operands[0] == WasmValueType.I32 ? [(byte)Op.I32Const, 1, 0x72] : [(byte)Op.I64Const, 1, 0x84]));
        Emit(writer =>
        {
            Opcode(writer, opcode);
            if (info.Immediate == ImmediateKind.Lane)
                writer.Byte((byte)_random.Below(info.Size));
            for (int i = 0; info.Immediate == ImmediateKind.Shuffle && i < 16; i++)
                writer.Byte((byte)_random.Below(32));
            if (OpenNaN(opcode) is { } result)
                Canonicalise(writer, result, opcode);
        });
        Pop(operands);
        _stack.Add(ValueTypes.FromLetter(info.Signature[colon + 1]));
    }

    // Puts one certain NaN in place of any.
    private void Canonicalise(ModuleWriter writer, WasmValueType type, ushort opcode)
    {
        int local = _general + (type == WasmValueType.F32 ? 0 : type == WasmValueType.F64 ? 1 : 2);
        Counter(writer, (byte)Op.LocalSet, local);
        bool doubles = IsOfDoubles(opcode);
        byte[] single = [0, 0, 0xc0, 0x7f];
        byte[] twice = [0, 0, 0, 0, 0, 0, 0xf8, 0x7f];
        writer.Bytes(type switch
        {
            WasmValueType.F32 => [(byte)Op.F32Const, .. single],
            WasmValueType.F64 => [(byte)Op.F64Const, .. twice],
            _ => doubles ? [0xfd, 0x0c, .. twice, .. twice] : [0xfd, 0x0c, .. single, .. single, .. single, .. single],
        });
        for (int i = 0; i < 3; i++)
            Counter(writer, (byte)Op.LocalGet, local);

        // The value differs from itself where it is no number.
        writer.Bytes(type switch
        {
            WasmValueType.F32 => [0x5c, (byte)Op.Select],
            WasmValueType.F64 => [0x62, (byte)Op.Select],
            _ => [0xfd, doubles ? (byte)0x48 : (byte)0x42, 0xfd, 0x52],
        });
    }

    private void AccessMemory()
    {
        if (!_module.HasMemory)
            return;
        if (_random.OneIn(12) && SomeVariable(WasmValueType.I32) is >= 0 and var address)
        {
            // Several by way of one local, so that what is known of one can be used for the next.
            PushAddress();
            Emit(Op.LocalSet, address);
            Pop(1);
            for (int i = _random.Range(2, 5); i > 0; i--)
                AccessBy(() => Read(address));
            return;
        }

        AccessBy(PushAddress);
    }

    private void AccessBy(Action pushAddress)
    {
        ushort opcode = _random.Pick(Accesses);
        OpcodeInfo info = OpcodeTable.Get(opcode);
        int colon = info.Signature.IndexOf(':', StringComparison.Ordinal);
        if (colon > 1)
        {
            // The address comes below the value: a value that is there already waits in a local.
            WasmValueType stored = ValueTypes.FromLetter(info.Signature[1]);
            int kept = -1;
            if (Available > 0 && _stack[^1] == stored && (kept = SomeVariable(stored)) >= 0)
            {
                Emit(Op.LocalSet, kept);
                Pop(1);
            }

            pushAddress();
            if (kept >= 0)
                Read(kept);
            else
                Push(stored);
        }
        else
        {
            pushAddress();
        }

        Emit(writer =>
        {
            Opcode(writer, opcode);
            int most = int.TrailingZeroCount(info.Size);
            writer.U32((uint)_random.Range(0, most));
            writer.U32(_random.Below(50) switch
            {
                0 => (uint)(65536 - _random.Below(24)),
                1 when _random.OneIn(4) => (uint)ValueSource.Bits(_random, WasmValueType.I32),
                < 20 => 0,
                _ => (uint)_random.Below(40),
            });
            if (info.Immediate == ImmediateKind.MemoryArgumentAndLane)
                writer.Byte((byte)_random.Below(16 / info.Size));
        });
        Pop(colon);
        if (colon + 1 < info.Signature.Length)
            _stack.Add(ValueTypes.FromLetter(info.Signature[colon + 1]));
    }

    private void Read(int local)
    {
        Emit(Op.LocalGet, local);
        _stack.Add(_locals[local]);
    }

    private void PushAddress()
    {
        int kind = _random.Below(50);
        if (kind < 20 && _counters.Count > 0)
        {
            Read(_random.Pick(_counters));
            return;
        }

        if (kind < 30)
        {
            PushNumber(_random.Below(2000));
            return;
        }

        Push(WasmValueType.I32);
        if (kind < 49)
            Mask(_random.Pick(Masks));
    }

    // An index into a table, or a number of elements or bytes.
    private void PushIndex()
    {
        if (_random.Percent(40))
        {
            PushNumber(_random.Below(8));
            return;
        }

        Push(WasmValueType.I32);
        if (_random.Percent(95))
            Mask(_random.OneIn(2) ? 3 : 7);
    }

    private void PushNumber(int value)
    {
        Emit(writer => Constant(writer, value));
        _stack.Add(WasmValueType.I32);
    }

    private void Mask(int bits) => Emit(writer =>
    {
        Constant(writer, bits);
        writer.Byte(I32And);
    });

    private void MoveMemory()
    {
        int kind = _random.Below(12);
        if (kind == 0 && _module.DataSegments > 0)
        {
            if (_random.OneIn(3))
                Emit(Op.DataDrop, _random.Below(_module.DataSegments));
            return;
        }

        if (!_module.HasMemory)
            return;
        switch (kind)
        {
            case < 3:
                Emit(writer => writer.Bytes([(byte)Op.MemorySize, 0]));
                _stack.Add(WasmValueType.I32);
                return;
            case < 5:
                PushNumber(_random.OneIn(10) ? (int)_random.Next() : _random.Below(3));
                Emit(writer => writer.Bytes([(byte)Op.MemoryGrow, 0]));
                Pop(1);
                _stack.Add(WasmValueType.I32);
                return;
        }

        PushAddress();
        if (kind < 7)
            Push(WasmValueType.I32);
        else if (kind < 10)
            PushAddress();
        else
            PushIndex();
        if (kind < 10 && _random.OneIn(4))
            PushAddress();
        else
            PushIndex();
        if (kind >= 10 && _module.DataSegments > 0)
            Emit(writer => writer.Bytes([0xfc, 8, (byte)_random.Below(_module.DataSegments), 0]));
        else if (kind < 7)
            Emit(writer => writer.Bytes([0xfc, 11, 0]));
        else
            Emit(writer => writer.Bytes([0xfc, 10, 0, 0]));
        Pop(3);
    }

    private void UseTable()
    {
        int kind = _random.Below(16);
        if (kind == 0 && _module.Elements.Count > 0)
        {
            Emit(Op.ElementDrop, _random.Below(_module.Elements.Count));
            return;
        }

        if (kind < 3)
        {
            Require(_random.OneIn(2) ? WasmValueType.FuncRef : WasmValueType.ExternRef);
            Emit(Op.RefIsNull);
            Pop(1);
            _stack.Add(WasmValueType.I32);
            return;
        }

        if (_module.Tables.Count == 0)
            return;
        int table = _random.Below(_module.Tables.Count);
        WasmValueType type = _module.Tables[table];
        switch (kind)
        {
            case < 6:
                PushIndex();
                Emit(Op.TableGet, table);
                Pop(1);
                _stack.Add(type);
                break;
            case < 9:
                PushIndex();
                Push(type);
                Emit(Op.TableSet, table);
                Pop(2);
                break;
            case < 10:
                Emit(Op.TableSize, table);
                _stack.Add(WasmValueType.I32);
                break;
            case < 12:
                Require(type);
                PushNumber(_random.OneIn(10) ? (int)_random.Next() : _random.Below(5));
                Emit(Op.TableGrow, table);
                Pop(2);
                _stack.Add(WasmValueType.I32);
                break;
            case < 13:
                PushIndex();
                Push(type);
                PushIndex();
                Emit(Op.TableFill, table);
                Pop(3);
                break;
            default:
                MoveElements(table, type);
                break;
        }
    }

    private void MoveElements(int table, WasmValueType type)
    {
        bool initialise = _random.OneIn(2);
        IReadOnlyList<WasmValueType> sources = initialise ? _module.Elements : _module.Tables;
        int source = _random.Below(sources.Count + 1);
        if (source == sources.Count || sources[source] != type)
            return;
        for (int i = 0; i < 3; i++)
            PushIndex();
        Emit(writer => writer.Bytes(initialise ? [0xfc, 12, (byte)source, (byte)table] : [0xfc, 14, (byte)table, (byte)source]));
        Pop(3);
    }
}
