using System.Reflection;
using PSSandbox.Wasm.Managed.Runtime;

namespace PSSandbox.Wasm.Managed.Translation;

/// <summary>The support methods of the vector instructions, by the second byte of their opcode.</summary>
internal static class VectorMethods
{
    // Runs of neighbouring opcodes: the first one, then the names; "-" where there is no instruction.
    private const string Runs =
        """
        14 Swizzle I8x16Splat I16x8Splat I32x4Splat I64x2Splat F32x4Splat F64x2Splat
        35 I8x16Eq I8x16Ne I8x16LtS I8x16LtU I8x16GtS I8x16GtU I8x16LeS I8x16LeU I8x16GeS I8x16GeU
        45 I16x8Eq I16x8Ne I16x8LtS I16x8LtU I16x8GtS I16x8GtU I16x8LeS I16x8LeU I16x8GeS I16x8GeU
        55 I32x4Eq I32x4Ne I32x4LtS I32x4LtU I32x4GtS I32x4GtU I32x4LeS I32x4LeU I32x4GeS I32x4GeU
        65 F32x4Eq F32x4Ne F32x4Lt F32x4Gt F32x4Le F32x4Ge F64x2Eq F64x2Ne F64x2Lt F64x2Gt F64x2Le F64x2Ge
        77 Not And AndNot Or Xor BitSelect AnyTrue
        94 F32x4DemoteZero F64x2PromoteLow
        96 I8x16Abs I8x16Neg I8x16Popcnt I8x16AllTrue I8x16Bitmask I8x16NarrowS I8x16NarrowU
        103 F32x4Ceil F32x4Floor F32x4Trunc F32x4Nearest I8x16Shl I8x16ShrS I8x16ShrU
        110 I8x16Add I8x16AddSatS I8x16AddSatU I8x16Sub I8x16SubSatS I8x16SubSatU F64x2Ceil F64x2Floor
        118 I8x16MinS I8x16MinU I8x16MaxS I8x16MaxU F64x2Trunc I8x16Avgr
        124 I16x8ExtAddPairwiseS I16x8ExtAddPairwiseU I32x4ExtAddPairwiseS I32x4ExtAddPairwiseU
        128 I16x8Abs I16x8Neg I16x8Q15Mulr I16x8AllTrue I16x8Bitmask I16x8NarrowS I16x8NarrowU
        135 I16x8ExtendLowS I16x8ExtendHighS I16x8ExtendLowU I16x8ExtendHighU I16x8Shl I16x8ShrS I16x8ShrU
        142 I16x8Add I16x8AddSatS I16x8AddSatU I16x8Sub I16x8SubSatS I16x8SubSatU F64x2Nearest
        149 I16x8Mul I16x8MinS I16x8MinU I16x8MaxS I16x8MaxU - I16x8Avgr
        156 I16x8ExtMulLowS I16x8ExtMulHighS I16x8ExtMulLowU I16x8ExtMulHighU
        160 I32x4Abs I32x4Neg - I32x4AllTrue I32x4Bitmask
        167 I32x4ExtendLowS I32x4ExtendHighS I32x4ExtendLowU I32x4ExtendHighU I32x4Shl I32x4ShrS I32x4ShrU I32x4Add
        177 I32x4Sub
        181 I32x4Mul I32x4MinS I32x4MinU I32x4MaxS I32x4MaxU I32x4Dot
        188 I32x4ExtMulLowS I32x4ExtMulHighS I32x4ExtMulLowU I32x4ExtMulHighU
        192 I64x2Abs I64x2Neg - I64x2AllTrue I64x2Bitmask
        199 I64x2ExtendLowS I64x2ExtendHighS I64x2ExtendLowU I64x2ExtendHighU I64x2Shl I64x2ShrS I64x2ShrU I64x2Add
        209 I64x2Sub
        213 I64x2Mul I64x2Eq I64x2Ne I64x2LtS I64x2GtS I64x2LeS I64x2GeS
        220 I64x2ExtMulLowS I64x2ExtMulHighS I64x2ExtMulLowU I64x2ExtMulHighU
        224 F32x4Abs F32x4Neg - F32x4Sqrt F32x4Add F32x4Sub F32x4Mul F32x4Div F32x4Min F32x4Max F32x4Pmin F32x4Pmax
        236 F64x2Abs F64x2Neg - F64x2Sqrt F64x2Add F64x2Sub F64x2Mul F64x2Div F64x2Min F64x2Max F64x2Pmin F64x2Pmax
        248 I32x4TruncSatF32x4S I32x4TruncSatF32x4U F32x4ConvertS F32x4ConvertU
        252 I32x4TruncSatF64x2SZero I32x4TruncSatF64x2UZero F64x2ConvertLowS F64x2ConvertLowU
        """;

    private static readonly Type[] Owners =
    [
        typeof(VectorBits), typeof(VectorComparisons), typeof(VectorIntegers), typeof(VectorFloats), typeof(VectorConversions),
    ];

    /// <summary>Names of the methods; null where an instruction is treated elsewhere or there is none.</summary>
    public static string?[] Names { get; } = Parse();

    /// <summary>The class that a method is in.</summary>
    public static Type OwnerOf(string name) =>
        Array.Find(Owners, owner => owner.GetMethod(name, BindingFlags.Static | BindingFlags.Public) is not null)
        ?? throw new MissingMethodException(nameof(VectorMethods), name);

    private static string?[] Parse()
    {
        string?[] result = new string?[256];
        foreach (string run in Runs.Split('\n'))
        {
            string[] words = run.Split(' ');
            int opcode = int.Parse(words[0]);
            foreach (string name in words.AsSpan(1))
            {
                if (name != "-")
                    result[opcode] = name;
                opcode++;
            }
        }

        return result;
    }
}
