using System.Runtime.Intrinsics;
using PSSandbox.Wasm;

namespace PSSandbox.Fuzzing;

/// <summary>Values of every type: those at which operations change their behaviour come more often than others.</summary>
internal static class ValueSource
{
    private static readonly ulong[] Integers =
    [
        0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000,
        0xffffffff, 0x100000000, 0x7fffffffffffffff, 0x8000000000000000, ulong.MaxValue, ulong.MaxValue - 1, 0xaaaaaaaaaaaaaaaa,
    ];

    private static readonly double[] Floats =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 1e10, -1e10, 1e-10, 1e300, 1e-300, 3e38, 2147483647, 2147483648, -2147483648,
        -2147483649, 4294967295, 4294967296, 9223372036854775807, -9223372036854775808, 18446744073709551615, double.MaxValue,
        double.Epsilon, 1.4e-45, 1.1754943508222875e-38, 4503599627370497.5, 8388609.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    private static readonly uint[] SingleNaNs = [0x7fc00000, 0xffc00000, 0x7f800001, 0x7fa00000, 0xffffffff];
    private static readonly ulong[] DoubleNaNs =
        [0x7ff8000000000000, 0xfff8000000000000, 0x7ff0000000000001, 0x7ff4000000000000, ulong.MaxValue];

    /// <summary>The bits of a value; of a vector, those of half of it.</summary>
    public static ulong Bits(RandomSource random, WasmValueType type) => type switch
    {
        WasmValueType.F32 => Single(random),
        WasmValueType.F64 => Double(random),
        WasmValueType.V128 => random.Below(4) switch
        {
            0 => Single(random) | ((ulong)Single(random) << 32),
            1 => Double(random),
            2 => Integer(random),
            _ => random.Next(),
        },
        WasmValueType.ExternRef => (ulong)random.Below(4),
        WasmValueType.FuncRef => 0,
        _ => Integer(random),
    };

    /// <summary>A value.</summary>
    public static WasmValue Value(RandomSource random, WasmValueType type)
    {
        WasmValue value = default;
        ulong low = Bits(random, type);
        if (type is WasmValueType.I32 or WasmValueType.F32)
            value.I32 = (int)low;
        else if (type == WasmValueType.V128)
            value.V128 = Vector128.Create(low, Bits(random, type)).AsByte();
        else
            value.I64 = (long)low;
        return value;
    }

    private static ulong Integer(RandomSource random) => random.Below(4) switch
    {
        0 => random.Next(),
        1 => (ulong)random.Below(200),
        _ => random.Pick(Integers),
    };

    private static uint Single(RandomSource random) => random.Below(8) switch
    {
        0 => random.Pick(SingleNaNs),
        1 => (uint)random.Next(),
        2 => BitConverter.SingleToUInt32Bits((int)random.Next()),
        _ => BitConverter.SingleToUInt32Bits((float)random.Pick(Floats)),
    };

    private static ulong Double(RandomSource random) => random.Below(8) switch
    {
        0 => random.Pick(DoubleNaNs),
        1 => random.Next(),
        2 => BitConverter.DoubleToUInt64Bits((long)random.Next()),
        _ => BitConverter.DoubleToUInt64Bits(random.Pick(Floats)),
    };
}
