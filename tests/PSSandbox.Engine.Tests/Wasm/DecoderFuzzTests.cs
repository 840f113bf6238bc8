using PSSandbox.Wasm;
using PSSandbox.Wasm.Managed;
using static PSSandbox.Tests.Wasm.ModuleBuilder;

namespace PSSandbox.Tests.Wasm;

/// <summary>Damaged and random modules: each is refused with a reason, or runs and traps; nothing else may happen.</summary>
public sealed class DecoderFuzzTests
{
    private static byte[] Seed()
    {
        ModuleBuilder builder = new();
        int host = builder.Import("env", "host", [I32, F64], [I64]);
        builder.Function("a", [I32, I64], [I32], [
            0x02, 0x40, 0x03, 0x40, 0x20, 0, 0x45, 0x0d, 1, 0x20, 0, .. Const(1), 0x6b, 0x22, 0, 0x0e, 1, 0, 1, 0x0b, 0x0b,
            0x20, 0, 0x28, 2, 8, 0x20, 1, 0xa7, 0x6a,
        ], I32, V128);
        builder.Function("b", [], [I64], [.. Const(3), 0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x10, (byte)host]);
        builder.Function("c", [I32], [I32], [0x20, 0, 0x41, 0, 0x11, 3, 0, 0x1a, 0x20, 0, 0xfd, 0x0f, 0xfd, 0x1b, 3]);
        builder.Memory(1, 3).Table(3, 1, 2).Global(5).Data(16, [1, 2, 3, 4, 5, 6, 7, 8]);
        return builder.Build();
    }

    [Fact]
    public void MutatedModulesAreRefusedOrRun()
    {
        byte[] seed = Seed();
        using ManagedEngine engine = new();
        Run(engine.Compile(seed));
        Random random = new(20240607);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 6000; i++)
        {
            byte[] mutant = Mutate(seed, random);
            ManagedModule module;
            try
            {
                module = engine.Compile(mutant);
            }
            catch (WasmFormatException error)
            {
                Assert.InRange(error.Offset, 0, mutant.Length);
                Assert.NotEmpty(error.Reason);
                refused++;
                continue;
            }

            accepted++;
            Run(module);
        }

        Assert.True(accepted > 50, $"only {accepted} mutants were valid");
        Assert.True(refused > 1000, $"only {refused} mutants were refused");
    }

    [Fact]
    public void RandomBytesAreRefused()
    {
        using ManagedEngine engine = new();
        Random random = new(7);
        for (int i = 0; i < 20000; i++)
        {
            byte[] bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            if (bytes.Length >= 8)
                new byte[] { 0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0 }.CopyTo(bytes, 0);
            try
            {
                engine.Compile(bytes);
            }
            catch (WasmFormatException)
            {
            }
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        List<byte> bytes = [.. seed];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int position = random.Next(8, bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[position] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[position] = bytes[random.Next(8, bytes.Count)];
                    break;
                default:
                    bytes.RemoveRange(position, Math.Min(random.Next(1, 4), bytes.Count - position));
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Run(ManagedModule module)
    {
        try
        {
            IWasmTemplate template = ((IWasmModule)module).Link(_ => (_, values) => values[0].I64 = 1);
            using IWasmInstance instance = template.Instantiate(null, new WasmLimits { MaxMemoryBytes = 1 << 20, MaxTableElements = 1000 });
            using Timer timer = new(_ => instance.Interrupt(), null, 20, 20);
            foreach (WasmExport export in module.Exports)
            {
                if (export.Kind != WasmExternKind.Function)
                    continue;
                try
                {
                    instance.Invoke(export, new WasmValue[Math.Max(1, export.FunctionType!.Parameters.Length + export.FunctionType.Results.Length)]);
                }
                catch (WasmTrapException)
                {
                }
            }
        }
        catch (Exception error) when (error is WasmTrapException or WasmLinkException)
        {
        }
    }
}
