using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <content>Vector instructions with immediates; the others are in <see cref="OperationTable"/>.</content>
internal sealed partial class FunctionTranslator
{
    private const int FirstLane = 21;
    private const ushort F32x4ExtractLane = 0xfd1f;

    private static readonly string?[] VectorLoads = MakeVectorLoads();

    private static readonly string[] LaneMethods =
    [
        nameof(VectorLanes.I8x16ExtractS), nameof(VectorLanes.I8x16ExtractU), nameof(VectorLanes.I8x16Replace),
        nameof(VectorLanes.I16x8ExtractS), nameof(VectorLanes.I16x8ExtractU), nameof(VectorLanes.I16x8Replace),
        nameof(VectorLanes.I32x4Extract), nameof(VectorLanes.I32x4Replace),
        nameof(VectorLanes.I64x2Extract), nameof(VectorLanes.I64x2Replace),
        nameof(VectorLanes.I32x4Extract), nameof(VectorLanes.F32x4Replace),
        nameof(VectorLanes.F64x2Extract), nameof(VectorLanes.F64x2Replace),
    ];

    private static readonly string[] LaneAccesses =
    [
        nameof(VectorMemory.Load8Lane), nameof(VectorMemory.Load16Lane), nameof(VectorMemory.Load32Lane), nameof(VectorMemory.Load64Lane),
        nameof(VectorMemory.Store8Lane), nameof(VectorMemory.Store16Lane), nameof(VectorMemory.Store32Lane), nameof(VectorMemory.Store64Lane),
    ];

    private void Vector(ref WasmReader reader, ushort opcode)
    {
        if (OperationTable.Get(opcode) is { } operation)
        {
            PushOperation(opcode, operation);
            return;
        }

        switch (opcode)
        {
            case Op.V128Store:
                Store(ref reader, opcode);
                break;
            case Op.V128Const:
                long low = reader.ReadF64Bits();
                PushConstant(LocalType.V128, low, reader.ReadF64Bits());
                break;
            case Op.Shuffle:
                Shuffle(ref reader);
                break;
            case >= Op.FirstLoadLane and <= Op.LastStoreLane:
                LaneAccess(ref reader, opcode);
                break;
            case (>= Op.V128Load and < Op.V128Store) or Op.Load32Zero or Op.Load64Zero:
                Load(ref reader, opcode);
                break;
            default:
                Lane(ref reader, opcode);
                break;
        }
    }

    private void Lane(ref WasmReader reader, ushort opcode)
    {
        byte lane = reader.ReadByte();
        string signature = OpcodeTable.Get(opcode).Signature;
        bool replaces = signature[1] != ':';
        int value = replaces ? Pop() : -1;
        Emit(Pop());
        if (replaces)
            Emit(value);
        _il.I4(lane);
        _il.Call(_assembly.Support(typeof(VectorLanes), LaneMethods[(opcode & 0xff) - FirstLane]));
        if (opcode == F32x4ExtractLane)
            EmitSingleOfBits();
        PushFromIL(ValueTypes.FromLetter(signature[^1]).ToLocalType());
    }

    // The lanes become a constant vector, which the compiler knows how to use.
    private void Shuffle(ref WasmReader reader)
    {
        long low = reader.ReadF64Bits();
        long high = reader.ReadF64Bits();
        int second = Pop();
        Emit(Pop());
        Emit(second);
        _il.I8(low);
        _il.I8(high);
        _il.Call(_assembly.Support(typeof(VectorLanes), nameof(VectorLanes.Shuffle)));
        PushFromIL(LocalType.V128);
    }

    private void LaneAccess(ref WasmReader reader, ushort opcode)
    {
        int vector = Pop();
        int address = PopCheckedAddress(ref reader, OpcodeTable.Get(opcode).Size);
        byte lane = reader.ReadByte();
        bool stores = opcode >= Op.FirstStoreLane;
        if (stores)
            MaterializeReaders(memory: true, globals: false);
        EmitHostAddress(address);
        Emit(vector);
        _il.I4(lane);
        _il.Call(_assembly.Support(typeof(VectorMemory), LaneAccesses[opcode - Op.FirstLoadLane]));
        if (!stores)
            PushFromIL(LocalType.V128);
    }

    private static string?[] MakeVectorLoads()
    {
        string?[] result = new string?[96];
        string[] names =
        [
            nameof(VectorMemory.Load8x8S), nameof(VectorMemory.Load8x8U), nameof(VectorMemory.Load16x4S), nameof(VectorMemory.Load16x4U),
            nameof(VectorMemory.Load32x2S), nameof(VectorMemory.Load32x2U), nameof(VectorMemory.Load8Splat), nameof(VectorMemory.Load16Splat),
            nameof(VectorMemory.Load32Splat), nameof(VectorMemory.Load64Splat),
        ];
        names.CopyTo(result, 1);
        result[Op.Load32Zero & 0xff] = nameof(VectorMemory.Load32Zero);
        result[Op.Load64Zero & 0xff] = nameof(VectorMemory.Load64Zero);
        return result;
    }
}
