namespace PSSandbox.Wasm.Binary;

/// <summary>
/// Every instruction of WebAssembly 2.0: its immediates, and for those with a fixed type its signature in letters
/// (i, l, f, d, v for i32, i64, f32, f64, v128; operands, a colon, the result).
/// </summary>
internal static class OpcodeTable
{
    private static readonly OpcodeInfo[] Plain = new OpcodeInfo[256];
    private static readonly OpcodeInfo[] Bulk = new OpcodeInfo[18];
    private static readonly OpcodeInfo[] Simd = new OpcodeInfo[256];

    static OpcodeTable()
    {
        FillControl();
        FillMemory();
        FillNumeric();
        FillBulk();
        FillSimdMemory();
        FillSimd();
    }

    /// <summary>The row of an opcode as <see cref="WasmReader.ReadOpcode"/> gives it.</summary>
    public static OpcodeInfo Get(ushort opcode)
    {
        int low = opcode & 0xff;
        return (opcode >> 8) switch
        {
            0 => Plain[low],
            0xfc => low < Bulk.Length ? Bulk[low] : default,
            _ => Simd[low],
        };
    }

    private static void Set(OpcodeInfo[] table, int from, int to, string signature, ImmediateKind kind = ImmediateKind.None, byte size = 0)
    {
        for (int i = from; i <= to; i++)
            table[i] = new OpcodeInfo(kind, signature, size);
    }

    private static void FillControl()
    {
        Set(Plain, 0x00, 0x01, "");
        Set(Plain, 0x02, 0x04, "", ImmediateKind.BlockType);
        Set(Plain, 0x05, 0x05, "");
        Set(Plain, 0x0b, 0x0b, "");
        Set(Plain, 0x0c, 0x0d, "", ImmediateKind.Label);
        Set(Plain, 0x0e, 0x0e, "", ImmediateKind.LabelTable);
        Set(Plain, 0x0f, 0x0f, "");
        Set(Plain, 0x10, 0x10, "", ImmediateKind.Function);
        Set(Plain, 0x11, 0x11, "", ImmediateKind.TypeAndTable);
        Set(Plain, 0x1a, 0x1b, "");
        Set(Plain, 0x1c, 0x1c, "", ImmediateKind.ValueTypes);
        Set(Plain, 0x20, 0x22, "", ImmediateKind.Local);
        Set(Plain, 0x23, 0x24, "", ImmediateKind.Global);
        Set(Plain, 0x25, 0x26, "", ImmediateKind.Table);
        Set(Plain, 0xd0, 0xd0, "", ImmediateKind.ReferenceType);
        Set(Plain, 0xd1, 0xd1, "");
        Set(Plain, 0xd2, 0xd2, "", ImmediateKind.Function);
    }

    private static void FillMemory()
    {
        const string loads = "i:i4 i:l8 i:f4 i:d8 i:i1 i:i1 i:i2 i:i2 i:l1 i:l1 i:l2 i:l2 i:l4 i:l4";
        const string stores = "ii:4 il:8 if:4 id:8 ii:1 ii:2 il:1 il:2 il:4";
        Accesses(Plain, 0x28, loads, ImmediateKind.MemoryArgument);
        Accesses(Plain, 0x36, stores, ImmediateKind.MemoryArgument);
        Set(Plain, 0x3f, 0x3f, ":i", ImmediateKind.Memory);
        Set(Plain, 0x40, 0x40, "i:i", ImmediateKind.Memory);
        Set(Plain, 0x41, 0x41, ":i", ImmediateKind.I32);
        Set(Plain, 0x42, 0x42, ":l", ImmediateKind.I64);
        Set(Plain, 0x43, 0x43, ":f", ImmediateKind.F32);
        Set(Plain, 0x44, 0x44, ":d", ImmediateKind.F64);
    }

    // "i:v8" is a signature and the number of bytes of the access.
    private static void Accesses(OpcodeInfo[] table, int first, string rows, ImmediateKind kind)
    {
        foreach (string row in rows.Split(' '))
        {
            int digits = row.AsSpan().IndexOfAnyInRange('0', '9');
            Set(table, first, first, row[..digits], kind, byte.Parse(row.AsSpan(digits)));
            first++;
        }
    }

    private static void FillNumeric()
    {
        Set(Plain, 0x45, 0x45, "i:i");
        Set(Plain, 0x46, 0x4f, "ii:i");
        Set(Plain, 0x50, 0x50, "l:i");
        Set(Plain, 0x51, 0x5a, "ll:i");
        Set(Plain, 0x5b, 0x60, "ff:i");
        Set(Plain, 0x61, 0x66, "dd:i");
        Set(Plain, 0x67, 0x69, "i:i");
        Set(Plain, 0x6a, 0x78, "ii:i");
        Set(Plain, 0x79, 0x7b, "l:l");
        Set(Plain, 0x7c, 0x8a, "ll:l");
        Set(Plain, 0x8b, 0x91, "f:f");
        Set(Plain, 0x92, 0x98, "ff:f");
        Set(Plain, 0x99, 0x9f, "d:d");
        Set(Plain, 0xa0, 0xa6, "dd:d");
        const string conversions = "l:i f:i f:i d:i d:i i:l i:l f:l f:l d:l d:l i:f i:f l:f l:f d:f i:d i:d l:d l:d f:d f:i d:l i:f l:d i:i i:i l:l l:l l:l";
        int opcode = 0xa7;
        foreach (string signature in conversions.Split(' '))
        {
            Set(Plain, opcode, opcode, signature);
            opcode++;
        }
    }

    private static void FillBulk()
    {
        Set(Bulk, 0, 1, "f:i");
        Set(Bulk, 2, 3, "d:i");
        Set(Bulk, 4, 5, "f:l");
        Set(Bulk, 6, 7, "d:l");
        Set(Bulk, 8, 8, "iii:", ImmediateKind.DataAndMemory);
        Set(Bulk, 9, 9, ":", ImmediateKind.Data);
        Set(Bulk, 10, 10, "iii:", ImmediateKind.TwoMemories);
        Set(Bulk, 11, 11, "iii:", ImmediateKind.Memory);
        Set(Bulk, 12, 12, "iii:", ImmediateKind.ElementAndTable);
        Set(Bulk, 13, 13, ":", ImmediateKind.Element);
        Set(Bulk, 14, 14, "iii:", ImmediateKind.TwoTables);
        Set(Bulk, 15, 17, "", ImmediateKind.Table);
    }

    private static void FillSimdMemory()
    {
        const string loads = "i:v16 i:v8 i:v8 i:v8 i:v8 i:v8 i:v8 i:v1 i:v2 i:v4 i:v8 iv:16";
        Accesses(Simd, 0, loads, ImmediateKind.MemoryArgument);
        Accesses(Simd, 84, "iv:v1 iv:v2 iv:v4 iv:v8 iv:1 iv:2 iv:4 iv:8", ImmediateKind.MemoryArgumentAndLane);
        Accesses(Simd, 92, "i:v4 i:v8", ImmediateKind.MemoryArgument);
        Set(Simd, 12, 12, ":v", ImmediateKind.V128);
        Set(Simd, 13, 13, "vv:v", ImmediateKind.Shuffle);
        Set(Simd, 14, 14, "vv:v");
        string[] splats = ["i:v", "i:v", "i:v", "l:v", "f:v", "d:v"];
        for (int i = 0; i < splats.Length; i++)
            Set(Simd, 15 + i, 15 + i, splats[i]);

        // For lanes, the size is the number of lanes.
        (string Signature, byte Lanes)[] lanes =
        [
            ("v:i", 16), ("v:i", 16), ("vi:v", 16), ("v:i", 8), ("v:i", 8), ("vi:v", 8), ("v:i", 4), ("vi:v", 4),
            ("v:l", 2), ("vl:v", 2), ("v:f", 4), ("vf:v", 4), ("v:d", 2), ("vd:v", 2),
        ];
        for (int i = 0; i < lanes.Length; i++)
            Set(Simd, 21 + i, 21 + i, lanes[i].Signature, ImmediateKind.Lane, lanes[i].Lanes);
    }

    private static void FillSimd()
    {
        Set(Simd, 35, 76, "vv:v");
        Set(Simd, 77, 77, "v:v");
        Set(Simd, 78, 81, "vv:v");
        Set(Simd, 82, 82, "vvv:v");
        Set(Simd, 83, 83, "v:i");
        Set(Simd, 94, 95, "v:v");
        Set(Simd, 96, 255, "vv:v");
        ReadOnlySpan<byte> unary =
        [
            96, 97, 98, 103, 104, 105, 106, 116, 117, 122, 124, 125, 126, 127, 128, 129, 135, 136, 137, 138, 148,
            160, 161, 167, 168, 169, 170, 192, 193, 199, 200, 201, 202, 224, 225, 227, 236, 237, 239,
            248, 249, 250, 251, 252, 253, 254, 255,
        ];
        foreach (byte opcode in unary)
            Set(Simd, opcode, opcode, "v:v");
        ReadOnlySpan<byte> tests = [99, 100, 131, 132, 163, 164, 195, 196];
        foreach (byte opcode in tests)
            Set(Simd, opcode, opcode, "v:i");
        ReadOnlySpan<byte> shifts = [107, 108, 109, 139, 140, 141, 171, 172, 173, 203, 204, 205];
        foreach (byte opcode in shifts)
            Set(Simd, opcode, opcode, "vi:v");
        ReadOnlySpan<byte> none = [154, 162, 165, 166, 175, 176, 178, 179, 180, 187, 194, 197, 198, 207, 208, 210, 211, 212, 226, 238];
        foreach (byte opcode in none)
            Simd[opcode] = default;
    }
}
