using System.Runtime.CompilerServices;
using PSSandbox.Wasm;
using PSSandbox.Wasm.Caching;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Tests.Wasm.Wasmtime;

/// <summary>Counts the whole process's mappings, so nothing else may run meanwhile.</summary>
[Collection(Alone.Name)]
public sealed class WasmtimeThreadTests
{
    [Theory]
    [MemberData(nameof(WasmtimeEngineTests.Versions), MemberType = typeof(WasmtimeEngineTests))]
    public void ThreadsThatRanGuestsLeaveNoMemoryMapped(string version)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("needs /proc/self/maps");
        Wabt.SkipIfAbsent();
        using IWasmModule module = WasmtimeLibraries.Engine(version).Compile(Wabt.Assemble("""(module (func (export "run")))"""));
        IWasmTemplate template = module.Link(_ => null);
        const int Threads = 1000;
        int before = File.ReadAllLines("/proc/self/maps").Length;
        for (int i = 0; i < Threads; i++)
        {
            Thread thread = new(
                () =>
                {
                    using IWasmInstance instance = template.Instantiate(null, default);
                    instance.Invoke(module.Exports[0], []);
                },
                16 << 20);
            thread.Start();
            thread.Join();
        }

        // Each would leave two; what else goes on in this process needs some.
        int after = File.ReadAllLines("/proc/self/maps").Length;
        Assert.True(after - before < Threads, $"{before} mappings became {after}");
    }
}
