using PSSandbox.Wasm;
using PSSandbox.Wasm.Binary;
using static PSSandbox.Tests.Wasm.ModuleBuilder;

namespace PSSandbox.Tests.Wasm;

/// <summary>What is read of a module whose code is there already is what is read of it as a whole.</summary>
public sealed class ModuleInterfaceTests
{
    [Fact]
    public void OfBusyBox() => Compare(File.ReadAllBytes(Path.Combine(TestPaths.Repository, "userland", "busybox.wasm")));

    [Fact]
    public void OfAModuleWithEverything()
    {
        ModuleBuilder builder = new();
        int host = builder.Import("env", "host", [I32, F64], [I64]);
        builder.Function("a", [I32, V128], [I32], [.. Const(7)], I32, V128);
        builder.Function("b", [], [I64], [.. Const(3), 0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x10, (byte)host]);
        builder.Memory(1, 3).Table(3, 1, 2).Global(5).Data(16, [1, 2, 3]);
        Compare(builder.Build());
    }

    [Fact]
    public void DamagedModulesDoNoHarm()
    {
        ModuleBuilder builder = new();
        builder.Import("env", "host", [I32, F64], [I64]);
        builder.Function("a", [I32], [I32], [.. Const(7)]);
        builder.Memory(1, 3).Table(3, 1).Global(5);
        byte[] seed = builder.Build();
        int refused = 0;
        for (int position = 0; position < seed.Length; position++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] damaged = [.. seed];
                damaged[position] ^= (byte)(1 << bit);
                refused += Refuses(damaged) ? 1 : 0;
            }

            refused += Refuses(seed[..position]) ? 1 : 0;
        }

        Assert.InRange(refused, seed.Length, 9 * seed.Length);
    }

    private static bool Refuses(byte[] module)
    {
        try
        {
            ModuleDecoder.DecodeInterface(module);
            return false;
        }
        catch (WasmFormatException)
        {
            return true;
        }
    }

    private static void Compare(byte[] module)
    {
        ModuleDefinition whole = ModuleDecoder.Decode(module);
        ModuleDefinition part = ModuleDecoder.DecodeInterface(module);
        Assert.Equal(whole.Imports, part.Imports);
        Assert.Equal(whole.FunctionTypes, part.FunctionTypes);
        Assert.Equal(whole.Exports.Select(e => (e.Name, e.Kind, e.Index)), part.Exports.Select(e => (e.Name, e.Kind, e.Index)));
        for (int i = 0; i < whole.FunctionTypes.Count; i++)
            Assert.True(whole.FunctionType(i).Matches(part.FunctionType(i)));
        Assert.Equal(whole.Memory, part.Memory);
        Assert.Equal(whole.MemoryIsImported, part.MemoryIsImported);
        Assert.Equal(whole.Start, part.Start);
    }
}
