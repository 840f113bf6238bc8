using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed.Runtime;
using F = PSSandbox.Wasm.Managed.Runtime.FloatOperations;
using N = PSSandbox.Wasm.Managed.Runtime.NumericOperations;

namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>The translation of every numeric and vector instruction without immediates.</summary>
internal static class OperationTable
{
    private static readonly Operation?[] Plain = new Operation?[256];
    private static readonly Operation?[] Saturating = new Operation?[8];
    private static readonly Operation?[] Vector = new Operation?[256];

    static OperationTable()
    {
        FillIntegers();
        FillFloats();
        FillConversions();
        for (int i = 0; i < VectorMethods.Names.Length; i++)
        {
            if (VectorMethods.Names[i] is { } name)
                Set(0xfd00 | i, VectorMethods.OwnerOf(name), name);
        }
    }

    /// <summary>The translation of an instruction, or null where it is treated elsewhere.</summary>
    public static Operation? Get(ushort opcode)
    {
        int low = opcode & 0xff;
        return (opcode >> 8) switch
        {
            0 => Plain[low],
            0xfc => low < Saturating.Length ? Saturating[low] : null,
            _ => Vector[low],
        };
    }

    private static void Add(int opcode, byte[]? code, Type? owner, string? method, bool traps)
    {
        string signature = OpcodeTable.Get((ushort)opcode).Signature;
        int colon = signature.IndexOf(':', StringComparison.Ordinal);
        Operation operation = new(ValueTypes.FromLetter(signature[colon + 1]).ToLocalType(), colon, code, owner, method, traps);
        Operation?[] table = (opcode >> 8) switch { 0 => Plain, 0xfc => Saturating, _ => Vector };
        table[opcode & 0xff] = operation;
    }

    private static void Set(int opcode, params byte[] code) => Add(opcode, code, null, null, false);

    private static void Set(int opcode, Type owner, string method, bool traps = false) => Add(opcode, null, owner, method, traps);

    private static void FillIntegers()
    {
        const byte zero = IL.Ldc_I4_0;
        byte[][] comparisons =
        [
            [IL.Prefix, IL.Ceq],
            [IL.Prefix, IL.Ceq, zero, IL.Prefix, IL.Ceq],
            [IL.Prefix, IL.Clt],
            [IL.Prefix, IL.Clt_Un],
            [IL.Prefix, IL.Cgt],
            [IL.Prefix, IL.Cgt_Un],
            [IL.Prefix, IL.Cgt, zero, IL.Prefix, IL.Ceq],
            [IL.Prefix, IL.Cgt_Un, zero, IL.Prefix, IL.Ceq],
            [IL.Prefix, IL.Clt, zero, IL.Prefix, IL.Ceq],
            [IL.Prefix, IL.Clt_Un, zero, IL.Prefix, IL.Ceq],
        ];
        Set(0x45, zero, IL.Prefix, IL.Ceq);
        Set(0x50, zero, IL.Conv_I8, IL.Prefix, IL.Ceq);
        for (int i = 0; i < comparisons.Length; i++)
        {
            Set(0x46 + i, comparisons[i]);
            Set(0x51 + i, comparisons[i]);
        }

        string[] counts = [nameof(N.I32Clz), nameof(N.I32Ctz), nameof(N.I32Popcnt)];
        string[] longCounts = [nameof(N.I64Clz), nameof(N.I64Ctz), nameof(N.I64Popcnt)];
        string[] divisions = [nameof(N.I32DivS), nameof(N.I32DivU), nameof(N.I32RemS), nameof(N.I32RemU)];
        string[] longDivisions = [nameof(N.I64DivS), nameof(N.I64DivU), nameof(N.I64RemS), nameof(N.I64RemU)];
        for (int i = 0; i < counts.Length; i++)
        {
            Set(0x67 + i, typeof(N), counts[i]);
            Set(0x79 + i, typeof(N), longCounts[i]);
        }

        for (int i = 0; i < divisions.Length; i++)
        {
            Set(0x6d + i, typeof(N), divisions[i], traps: true);
            Set(0x7f + i, typeof(N), longDivisions[i], traps: true);
        }

        byte[] simple = [IL.Add, IL.Sub, IL.Mul];
        byte[] bitwise = [IL.And, IL.Or, IL.Xor];
        byte[] shifts = [IL.Shl, IL.Shr, IL.Shr_Un];
        for (int i = 0; i < 3; i++)
        {
            Set(0x6a + i, simple[i]);
            Set(0x7c + i, simple[i]);
            Set(0x71 + i, bitwise[i]);
            Set(0x83 + i, bitwise[i]);

            // IL leaves a count that is too large undefined; WebAssembly takes it modulo the width.
            Set(0x74 + i, IL.Ldc_I4_S, 31, IL.And, shifts[i]);
            Set(0x86 + i, IL.Conv_I4, IL.Ldc_I4_S, 63, IL.And, shifts[i]);
        }

        Set(0x77, typeof(N), nameof(N.I32Rotl));
        Set(0x78, typeof(N), nameof(N.I32Rotr));
        Set(0x89, typeof(N), nameof(N.I64Rotl));
        Set(0x8a, typeof(N), nameof(N.I64Rotr));
    }

    private static void FillFloats()
    {
        const byte zero = IL.Ldc_I4_0;

        // "Not less" of IL is also true of NaN, so less-or-equal is "not greater or unordered".
        byte[][] comparisons =
        [
            [IL.Prefix, IL.Ceq],
            [IL.Prefix, IL.Ceq, zero, IL.Prefix, IL.Ceq],
            [IL.Prefix, IL.Clt],
            [IL.Prefix, IL.Cgt],
            [IL.Prefix, IL.Cgt_Un, zero, IL.Prefix, IL.Ceq],
            [IL.Prefix, IL.Clt_Un, zero, IL.Prefix, IL.Ceq],
        ];
        for (int i = 0; i < comparisons.Length; i++)
        {
            Set(0x5b + i, comparisons[i]);
            Set(0x61 + i, comparisons[i]);
        }

        string[] unary = ["Abs", "Neg", "Ceil", "Floor", "Trunc", "Nearest", "Sqrt"];
        for (int i = 0; i < unary.Length; i++)
        {
            Set(0x8b + i, typeof(F), "F32" + unary[i]);
            Set(0x99 + i, typeof(F), "F64" + unary[i]);
        }

        byte[] arithmetic = [IL.Add, IL.Sub, IL.Mul, IL.Div];
        for (int i = 0; i < arithmetic.Length; i++)
        {
            Set(0x92 + i, arithmetic[i]);
            Set(0xa0 + i, arithmetic[i]);
        }

        string[] others = ["Min", "Max", "Copysign"];
        for (int i = 0; i < others.Length; i++)
        {
            Set(0x96 + i, typeof(F), "F32" + others[i]);
            Set(0xa4 + i, typeof(F), "F64" + others[i]);
        }
    }

    private static void FillConversions()
    {
        // Truncation of f32 goes by way of f64, which is exact.
        string[] truncations = [nameof(F.I32TruncS), nameof(F.I32TruncU)];
        string[] longTruncations = [nameof(F.I64TruncS), nameof(F.I64TruncU)];
        string[] saturating = [nameof(F.I32TruncSatS), nameof(F.I32TruncSatU), nameof(F.I64TruncSatS), nameof(F.I64TruncSatU)];
        for (int i = 0; i < 2; i++)
        {
            Set(0xa8 + i, typeof(F), truncations[i], traps: true);
            Set(0xaa + i, typeof(F), truncations[i], traps: true);
            Set(0xae + i, typeof(F), longTruncations[i], traps: true);
            Set(0xb0 + i, typeof(F), longTruncations[i], traps: true);
            for (int wide = 0; wide < 2; wide++)
            {
                Set(0xfc00 + (wide * 4) + i, typeof(F), saturating[(wide * 2) + i]);
                Set(0xfc02 + (wide * 4) + i, typeof(F), saturating[(wide * 2) + i]);
            }
        }

        Set(0xa7, IL.Conv_I4);
        Set(0xac, IL.Conv_I8);
        Set(0xad, IL.Conv_U8);
        Set(0xb2, IL.Conv_R4);
        Set(0xb3, IL.Conv_R_Un, IL.Conv_R4);
        Set(0xb4, IL.Conv_R4);
        Set(0xb5, typeof(F), nameof(F.F32ConvertU64));
        Set(0xb6, IL.Conv_R4);
        Set(0xb7, IL.Conv_R8);
        Set(0xb8, IL.Conv_R_Un, IL.Conv_R8);
        Set(0xb9, IL.Conv_R8);
        Set(0xba, typeof(F), nameof(F.F64ConvertU64));
        Set(0xbb, IL.Conv_R8);
        Set(0xbc, typeof(N), nameof(N.ReinterpretF32));
        Set(0xbd, typeof(N), nameof(N.ReinterpretF64));
        Set(0xbe, typeof(N), nameof(N.ReinterpretI32));
        Set(0xbf, typeof(N), nameof(N.ReinterpretI64));
        Set(0xc0, IL.Conv_I1);
        Set(0xc1, IL.Conv_I2);
        Set(0xc2, IL.Conv_I4, IL.Conv_I1, IL.Conv_I8);
        Set(0xc3, IL.Conv_I4, IL.Conv_I2, IL.Conv_I8);
        Set(0xc4, IL.Conv_I4, IL.Conv_I8);
    }
}
