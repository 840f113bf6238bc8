using PSSandbox.Wasm;
using PSSandbox.Wasm.Caching;
using PSSandbox.Wasm.Managed;
using static PSSandbox.Tests.Wasm.ModuleBuilder;

namespace PSSandbox.Tests.Wasm;

/// <summary>Translated modules on disk.</summary>
public sealed class ManagedCacheTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pssandbox-code-");

    private string Folder => Path.Combine(_folder.FullName, "code");

    private static byte[] Module(int result)
    {
        ModuleBuilder builder = new();
        builder.Function("run", [], [I32], Const(result));
        builder.Memory(1).Data(8, [9]);
        return builder.Build();
    }

    // An i64 where an i32 is to be returned: well-formed, but not valid.
    private static byte[] Invalid()
    {
        ModuleBuilder builder = new();
        builder.Function("run", [], [I32], [0x42, 0]);
        return builder.Build();
    }

    private int Run(byte[] binary)
    {
        using ManagedEngine engine = new(new CompiledCodeCache(Folder));
        using IWasmModule module = engine.Compile(binary);
        return Run(module);
    }

    private static int Run(IWasmModule module)
    {
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, default);
        WasmValue[] values = new WasmValue[1];
        instance.Invoke(module.Exports.First(export => export.Name == "run"), values);
        return values[0].I32 + instance.Memory[8];
    }

    [Fact]
    public void ATranslatedModuleIsFoundAgain()
    {
        Assert.Equal(50, Run(Module(41)));
        string entry = Assert.Single(Directory.GetFiles(Folder));
        DateTime written = File.GetLastWriteTimeUtc(entry);
        Assert.Equal(50, Run(Module(41)));
        Assert.Equal(entry, Assert.Single(Directory.GetFiles(Folder)));
        Assert.Equal(written, File.GetLastWriteTimeUtc(entry));
        Assert.Equal(60, Run(Module(51)));
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void ADamagedEntryIsTranslatedAgain()
    {
        Assert.Equal(50, Run(Module(41)));
        string entry = Assert.Single(Directory.GetFiles(Folder));
        byte[] bytes = File.ReadAllBytes(entry);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(entry, bytes);
        Assert.Equal(50, Run(Module(41)));
        Assert.NotEqual(bytes, File.ReadAllBytes(Assert.Single(Directory.GetFiles(Folder))));
    }

    [Fact]
    public void AModuleThatIsShippedTranslatedIsTakenFromItsFile()
    {
        using ManagedEngine maker = new();
        string file = maker.Precompile(Module(41), ContentHash.Of(Module(41)), Folder);
        using ManagedEngine engine = new(null, Folder);
        using ManagedModule shipped = engine.Compile(Module(41));
        Assert.Equal(file, shipped.Code.Module.FullyQualifiedName);
        Assert.Equal(50, Run(shipped));

        // Another module has another name.
        using ManagedModule other = engine.Compile(Module(42));
        Assert.NotEqual(file, other.Code.Module.FullyQualifiedName);
        Assert.Equal(51, Run(other));
    }

    [Fact]
    public void AShippedFileThatCannotBeLoadedIsPassedOver()
    {
        using ManagedEngine maker = new();
        File.WriteAllText(maker.Precompile(Module(41), ContentHash.Of(Module(41)), Folder), "no assembly");
        using ManagedEngine engine = new(null, Folder);
        using ManagedModule module = engine.Compile(Module(41));
        Assert.Equal(50, Run(module));
    }

    [Fact]
    public void AnInvalidModuleIsNotPrecompiled()
    {
        using ManagedEngine engine = new();
        Assert.Throws<WasmFormatException>(() => engine.Precompile(Invalid(), ContentHash.Of(Invalid()), Folder));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void AnInvalidModuleIsRefusedWithACacheToo()
    {
        byte[] binary = Invalid();
        using ManagedEngine engine = new(new CompiledCodeCache(Folder));
        for (int i = 0; i < 2; i++)
            Assert.Throws<WasmFormatException>(() => engine.Compile(binary));
        Assert.True(!Directory.Exists(Folder) || Directory.GetFiles(Folder).Length == 0);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
