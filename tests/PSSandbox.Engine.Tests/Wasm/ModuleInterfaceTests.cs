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
    public void OfTheEmptyModule() => Compare([0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0]);

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
            ModuleInterface.Read(module);
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
        ModuleInterface part = ModuleInterface.Read(module);
        Assert.Equal(whole.Imports.Select(i => (i.Module, i.Name, i.Kind)), part.Imports.Select(i => (i.Module, i.Name, i.Kind)));
        foreach ((ImportDefinition definition, WasmImport import) in whole.Imports.Zip(part.Imports))
            Assert.True(import.FunctionType is { } type ? type.Matches(whole.FunctionType(definition.Index)) : import.Kind != WasmExternKind.Function);
        Assert.Equal(whole.Exports.Select(e => (e.Name, e.Kind, e.Index)), part.Exports.Select(e => (e.Name, e.Kind, e.Index)));
        foreach (WasmExport export in part.Exports)
            Assert.True(export.FunctionType is { } type ? type.Matches(whole.FunctionType(export.Index)) : export.Kind != WasmExternKind.Function);
        Assert.Equal(whole.Memory is not null, part.HasMemory);
        Assert.Equal(whole.MemoryIsImported, part.MemoryIsImported);
        Assert.Equal(whole.Memory?.Minimum ?? 0, part.MinimumPages);
        Assert.Equal(whole.Memory is { } memory ? memory.Maximum ?? MemoryType.MaxPages : 0, part.MaximumPages);
        Assert.Equal(whole.Start >= 0, part.HasStart);
    }
}
