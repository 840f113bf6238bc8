namespace PSSandbox.Wasm.Binary;

/// <summary>Passes over the immediates of instructions that are not of interest, in validated code.</summary>
internal static class InstructionSkipper
{
    /// <summary>Moves <paramref name="reader"/> behind the immediates of <paramref name="opcode"/>.</summary>
    public static void SkipImmediates(ref WasmReader reader, ushort opcode)
    {
        switch (OpcodeTable.Get(opcode).Immediate)
        {
            case ImmediateKind.BlockType:
                reader.ReadS33();
                break;
            case ImmediateKind.Label or ImmediateKind.Function or ImmediateKind.Local or ImmediateKind.Global
                or ImmediateKind.Table or ImmediateKind.Element or ImmediateKind.Data or ImmediateKind.Memory:
                reader.ReadU32();
                break;
            case ImmediateKind.TypeAndTable or ImmediateKind.TwoTables or ImmediateKind.ElementAndTable
                or ImmediateKind.DataAndMemory or ImmediateKind.TwoMemories or ImmediateKind.MemoryArgument:
                reader.ReadU32();
                reader.ReadU32();
                break;
            case ImmediateKind.LabelTable:
                for (long left = reader.ReadU32(); left >= 0; left--)
                    reader.ReadU32();
                break;
            case ImmediateKind.MemoryArgumentAndLane:
                reader.ReadU32();
                reader.ReadU32();
                reader.Skip(1);
                break;
            case ImmediateKind.Lane or ImmediateKind.ReferenceType:
                reader.Skip(1);
                break;
            case ImmediateKind.Shuffle or ImmediateKind.V128:
                reader.Skip(16);
                break;
            case ImmediateKind.I32:
                reader.ReadS32();
                break;
            case ImmediateKind.I64:
                reader.ReadS64();
                break;
            case ImmediateKind.F32:
                reader.Skip(4);
                break;
            case ImmediateKind.F64:
                reader.Skip(8);
                break;
            case ImmediateKind.ValueTypes:
                reader.Skip((int)reader.ReadU32());
                break;
        }
    }
}
