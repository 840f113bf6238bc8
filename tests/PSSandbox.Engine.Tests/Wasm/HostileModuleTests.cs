using PSSandbox.Wasm;
using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed;
using static PSSandbox.Tests.Wasm.ModuleBuilder;

namespace PSSandbox.Tests.Wasm;

/// <summary>Modules made to cost much: each is refused, or runs, and the process lives on.</summary>
public sealed class HostileModuleTests
{
    private static int Run(ModuleBuilder builder, int argument = 0)
    {
        using ManagedEngine engine = new();
        using IWasmModule module = engine.Compile(builder.Build());
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, new WasmLimits { MaxMemoryBytes = 16 << 20 });
        WasmValue[] values = new WasmValue[1001];
        values[0].I32 = argument;
        instance.Invoke(module.Exports.First(export => export.Name == "run"), values);
        return values[0].I32;
    }

    private static void Refused(ModuleBuilder builder, string reason)
    {
        using ManagedEngine engine = new();
        WasmFormatException error = Assert.Throws<WasmFormatException>(() => engine.Compile(builder.Build()));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    private static byte[] Repeat(int count, params byte[] bytes)
    {
        byte[] result = new byte[count * bytes.Length];
        for (int i = 0; i < count; i++)
            bytes.CopyTo(result, i * bytes.Length);
        return result;
    }

    [Fact]
    public void AVeryLongFunctionRuns()
    {
        ModuleBuilder builder = new();
        const int count = 100_000;
        builder.Function("run", [I32], [I32], [.. Repeat(count, 0x20, 0, 0x41, 1, 0x6a, 0x21, 0), 0x20, 0]);
        Assert.Equal(count + 5, Run(builder, 5));
    }

    [Fact]
    public void ALongFunctionOfLoadsAndLoopsRuns()
    {
        ModuleBuilder builder = new();
        builder.Memory(1);
        byte[] loop = [0x03, 0x40, 0x20, 0, 0x28, 2, 0, 0x1a, 0x20, 1, 0x41, 1, 0x6a, 0x21, 1, 0x0b];
        builder.Function("run", [I32], [I32], [.. Repeat(8000, loop), 0x20, 1], I32);
        Assert.Equal(8000, Run(builder, 4));
    }

    [Fact]
    public void AccessesOfAVeryLongFunctionAreThoseOfAShortOne()
    {
        // All loads and stores, once in one function and five hundred times in the other, which is translated otherwise.
        // The first run leaves memory as all others find it.
        byte[] group = EveryAccess();
        const int times = 500;
        ModuleBuilder builder = new();
        builder.Memory(1);
        int first = builder.Function(null, [], [I64], [.. group, 0x20, 0], I64);
        int second = builder.Function(null, [], [I64], [.. Repeat(times, group), 0x20, 0], I64);
        builder.Function("run", [I32], [I32], [
            0x10, (byte)first, 0x1a, 0x10, (byte)first, 0x42, 0xf4, 0x03, 0x7e, 0x10, (byte)second, 0x51,
        ]);
        Assert.Equal(1, Run(builder));
    }

    [Fact]
    public void AccessesOfAVeryLongFunctionTrapOutOfBounds()
    {
        byte[] group = EveryAccess();
        foreach (byte opcode in (byte[])[0x28, 0x29, 0x2c, 0x35])
        {
            ModuleBuilder builder = new();
            builder.Memory(1);
            builder.Function("run", [I64], [I32], [.. Repeat(500, group), .. Const(65536), opcode, 0, 0, 0x1a, .. Const(1)], I64);
            Assert.Equal(WasmTrapKind.MemoryOutOfBounds, Assert.Throws<WasmTrapException>(() => Run(builder)).Kind);
        }
    }

    // Adds what every load gives to local 0, and stores what every store takes, elsewhere.
    private static byte[] EveryAccess()
    {
        List<byte> code = [];
        const byte extend = 0xac;
        for (byte opcode = 0x28; opcode <= 0x35; opcode++)
        {
            code.AddRange([0x20, 0, .. Const(70 + opcode - 0x28), opcode, 0, 3]);
            switch (opcode)
            {
                case 0x29 or >= 0x30:
                    break;
                case 0x2a:
                    code.AddRange([0xbc, extend]);
                    break;
                case 0x2b:
                    code.Add(0xbd);
                    break;
                default:
                    code.Add(extend);
                    break;
            }

            code.AddRange([0x7c, 0x21, 0]);
        }

        byte[][] values =
        [
            [.. Const(-5)], [0x42, 0x7b], [0x43, 0, 0, 0x80, 0x3f], [0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
            [.. Const(200)], [.. Const(-300)], [0x42, 0x7b], [0x42, 0x7a], [0x42, 0x79],
        ];
        for (int i = 0; i < values.Length; i++)
            code.AddRange([.. Const(64 + (i * 3)), .. values[i], (byte)(0x36 + i), 0, 5]);
        return [.. code];
    }

    [Fact]
    public void DeepOperandStacksRun()
    {
        ModuleBuilder builder = new();
        builder.Function("run", [I32], [I32], [.. Repeat(10_000, 0x20, 0), .. Repeat(9_999, 0x6a)]);
        Assert.Equal(30_000, Run(builder, 3));
        ModuleBuilder worse = new();
        worse.Function("run", [I32], [], [.. Repeat(200_000, 0x20, 0), .. Repeat(200_000, 0x1a)]);
        Refused(worse, "too many operands");
    }

    [Fact]
    public void NestingIsBounded()
    {
        ModuleBuilder builder = new();
        builder.Function("run", [I32], [I32], [.. Repeat(2000, 0x02, 0x40), .. Repeat(2000, 0x0b), 0x20, 0]);
        Assert.Equal(9, Run(builder, 9));
        ModuleBuilder loops = new();
        loops.Function("run", [I32], [I32], [.. Repeat(200, 0x03, 0x40), .. Repeat(200, 0x0b), 0x20, 0]);
        Assert.Equal(9, Run(loops, 9));
        ModuleBuilder moreLoops = new();
        moreLoops.Function("run", [I32], [I32], [.. Repeat(201, 0x03, 0x40), .. Repeat(201, 0x0b), 0x20, 0]);
        Refused(moreLoops, "loops nested too deep: the limit is 200");
        ModuleBuilder worse = new();
        worse.Function("run", [I32], [I32], [.. Repeat(100_000, 0x02, 0x40), .. Repeat(100_000, 0x0b), 0x20, 0]);
        Refused(worse, "nested too deep");
    }

    [Fact]
    public void LargeBranchTablesRun()
    {
        ModuleBuilder builder = new();
        byte[] table = [0x20, 0, 0x0e, .. U(60_000), .. Repeat(60_000, 0), 0];
        builder.Function("run", [I32], [I32], [0x02, 0x40, .. table, 0x0b, .. Const(3)]);
        Assert.Equal(3, Run(builder, 7));
        ModuleBuilder worse = new();
        worse.Function("run", [I32], [], [0x02, 0x40, 0x20, 0, 0x0e, .. U(500_000), .. Repeat(500_000, 0), 0, 0x0b]);
        Refused(worse, "too many branch targets");
    }

    [Fact]
    public void ManyLocalsAreBounded()
    {
        ModuleBuilder builder = new();
        builder.Function("run", [I32], [I32], [0x20, 0], [.. Repeat(10_000, I64)]);
        Assert.Equal(4, Run(builder, 4));
        ModuleBuilder worse = new();
        worse.Function("run", [I32], [I32], [0x20, 0], [.. Repeat(30_000, I64)]);
        Refused(worse, "too many locals");
    }

    [Fact]
    public void WhatCodeGeneratorsTakeMoreThanLinearTimeForIsBounded()
    {
        // Every local is assigned within every loop, and every loop is branched to.
        ModuleBuilder merges = new();
        const int Depth = 150;
        List<byte> body = [.. Repeat(Depth, 0x03, 0x40)];
        for (uint i = 0; i < 4000; i++)
            body.AddRange([0x20, .. U(i % 400), 0x21, .. U(i * 7 % 400), 0x20, 0, 0x0d, .. U(i * 31 % Depth)]);
        merges.Function("run", [I32], [I32], [.. body, .. Repeat(Depth, 0x0b), 0x20, 0], [.. Repeat(400, I32)]);
        Refused(merges, "function too complex: values of locals meet at branches");

        // Few branches and many locals, or many and few, are no matter; many of both are.
        byte[] loop = [0x03, 0x40, 0x20, 1, 0x21, 2, 0x20, 0, 0x0d, 0, 0x0b];
        ModuleBuilder both = new();
        both.Function("run", [I32], [I32], [.. Repeat(10_000, loop), 0x20, 0], [.. Repeat(2000, I32)]);
        Refused(both, "function too complex: 20001 blocks and branches times 2001 locals");
        ModuleBuilder few = new();
        few.Function("run", [I32], [I32], [.. Repeat(10_000, loop), .. Const(3)], [.. Repeat(5, I32)]);
        Assert.Equal(3, Run(few));

        // Two bytes that move two thousand values.
        ModuleBuilder moves = new();
        byte[] values = Repeat(1000, I32);
        int give = moves.Function(null, values, values, [0x00]);
        moves.Function("run", [I32], [I32], [.. Repeat(1000, 0x20, 0), .. Repeat(200_000, 0x10, (byte)give), .. Repeat(999, 0x1a)]);
        Refused(moves, "too many values moved");
    }

    [Fact]
    public void AThousandParametersRecurseIntoATrapOnly()
    {
        byte[] parameters = Repeat(1000, I32);
        ModuleBuilder builder = new();
        List<byte> body = [];
        for (uint i = 0; i < 1000; i++)
            body.AddRange([0x20, .. U(i)]);
        builder.Function("run", parameters, [I32], [.. body, 0x10, 0, 0x41, 1, 0x6a]);
        Assert.Equal(WasmTrapKind.StackOverflow, Assert.Throws<WasmTrapException>(() => Run(builder)).Kind);
        ModuleBuilder worse = new();
        worse.Function("run", Repeat(1001, I32), [I32], [.. Const(1)]);
        Refused(worse, "too many parameters");
    }

    [Fact]
    public void ManyDifferentTypesAndFunctionsCompile()
    {
        ModuleBuilder builder = new();
        for (int i = 0; i < 3000; i++)
            builder.Function(null, Repeat(i % 900, I64), [I32], Const(i));
        builder.Function("run", [I32], [I32], [0x20, 0]);
        Assert.Equal(8, Run(builder, 8));
    }

    [Fact]
    public void HugeMemoriesAndTablesCostNothingUntilTouched()
    {
        ModuleBuilder builder = new();
        builder.Memory(65536);
        builder.Function("run", [I32], [I32], [0x3f, 0]);
        using ManagedEngine engine = new();
        IWasmTemplate template = engine.Compile(builder.Build()).Link(_ => null);
        using (IWasmInstance instance = template.Instantiate(null, default))
        {
            WasmValue[] values = new WasmValue[1];
            instance.Invoke(template.Module.Exports.First(export => export.Name == "run"), values);
            Assert.Equal(65536, values[0].I32);
        }

        ModuleBuilder table = new();
        table.Table(uint.MaxValue);
        IWasmTemplate large = engine.Compile(table.Build()).Link(_ => null);
        Assert.Throws<WasmLinkException>(() => large.Instantiate(null, default));
    }

    [Fact]
    public void OversizedCountsAreRefusedWithTheirPlace()
    {
        using ManagedEngine engine = new();

        // A type section that claims four thousand million entries.
        byte[] binary = [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0, 1, 5, 0xff, 0xff, 0xff, 0xff, 0x0f];
        WasmFormatException error = Assert.Throws<WasmFormatException>(() => engine.Compile(binary));
        Assert.InRange(error.Offset, 10, 15);
        Assert.True(WasmComplexity.MaxTypes < int.MaxValue);
    }
}
