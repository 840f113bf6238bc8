using PSSandbox.Fuzzing;
using PSSandbox.Tests.Wasm.Wasmtime;
using PSSandbox.Wasm.Binary;
using PSSandbox.Wasm.Managed;

namespace PSSandbox.Tests.Wasm;

/// <summary>A fixed number of made-up modules on both engines; the benchmarks' <c>--fuzz</c> runs others for as long as is wanted.</summary>
public sealed class DifferentialFuzzTests
{
    [Theory]
    [InlineData("34.0.0", 1)]
    [InlineData("48.0.0", 1_000_001)]
    public void EnginesAgreeOnProgramsThatWereMadeUp(string version, ulong seed)
    {
        const int Modules = 200;
        using ManagedEngine managed = new();
        DifferentialFuzzer fuzzer = new(managed, WasmtimeLibraries.Engine(version));
        for (ulong i = 0; i < Modules; i++)
        {
            Difference? difference = fuzzer.Try(seed + i);
            Assert.True(difference is null, difference?.ToString());
        }

        // Most of them do something.
        Assert.True(fuzzer.Compared > Modules * 9 / 10, $"{fuzzer.LeftOut} were left out");
        Assert.True(fuzzer.Calls.Results > Modules, $"{fuzzer.Calls.Results} calls gave results");
        Assert.True(fuzzer.Calls.Traps > Modules / 2, $"{fuzzer.Calls.Traps} calls trapped");
    }

    [Theory]
    [InlineData("34.0.0", 2)]
    [InlineData("48.0.0", 2_000_002)]
    public void EnginesAgreeOnWhichDamagedModulesAreValid(string version, ulong seed)
    {
        const int Modules = 100;
        const int Mutants = 60;
        ValidityFuzzer fuzzer = new(new NativeValidator(WasmtimeLibraries.Engine(version)));
        for (ulong i = 0; i < Modules; i++)
        {
            Difference? difference = fuzzer.Try(seed + i, Mutants);
            Assert.True(difference is null, difference?.ToString());
        }

        Assert.True(fuzzer.Accepted > 300, $"{fuzzer.Accepted} mutants were valid");
        Assert.True(fuzzer.Refused > 3000, $"{fuzzer.Refused} mutants were refused");
        Assert.True(fuzzer.LeftOut < 100, $"{fuzzer.LeftOut} were left out");
    }

    [Fact]
    public void ASeedGivesTheSameModuleAgain()
    {
        for (ulong seed = 0; seed < 50; seed++)
            Assert.Equal(ModuleGenerator.Generate(seed).Encode(), ModuleGenerator.Generate(seed).Encode());
    }

    [Fact]
    public void AModuleIsReducedToWhatMatters()
    {
        // As if i64.mul were what is wrong.
        const byte multiply = 0x7e;
        GeneratedModule module = Enumerable.Range(0, 1000).Select(seed => ModuleGenerator.Generate((ulong)seed))
            .First(module => Instructions(module).Any(code => code is [multiply]));
        GeneratedModule small = ModuleReducer.Reduce(module, binary => binary.AsSpan().Count(multiply) > 0 && HasMultiplication(binary));
        Assert.Single(Instructions(small), code => code is [multiply]);
        Assert.InRange(Instructions(small).Count(), 1, Instructions(module).Count() / 2);

        static IEnumerable<byte[]> Instructions(GeneratedModule module) => module.Functions.SelectMany(function => function.Instructions);

        static bool HasMultiplication(byte[] binary)
        {
            ModuleDefinition definition = ModuleDecoder.Decode(binary);
            return definition.Bodies.Exists(body =>
            {
                WasmReader reader = new(binary, body.CodeStart, body.CodeEnd);
                while (!reader.AtEnd)
                {
                    ushort opcode = reader.ReadOpcode();
                    if (opcode == multiply)
                        return true;
                    InstructionSkipper.SkipImmediates(ref reader, opcode);
                }

                return false;
            });
        }
    }
}
