using PSSandbox.Wasm;
using PSSandbox.Wasm.Managed;
using static PSSandbox.Tests.Wasm.ModuleBuilder;

namespace PSSandbox.Tests.Wasm;

/// <summary>Instances use the memory of former ones: nothing of those may be seen.</summary>
public sealed class ManagedPoolTests
{
    private static ModuleBuilder Module(uint pages)
    {
        ModuleBuilder builder = new();
        int first = builder.Function("first", [], [I32], Const(1));
        builder.Function("second", [], [I32], Const(2));
        builder.Memory(pages);
        builder.Global(11);
        builder.Table(4, first, first);
        builder.Data(5000, [1, 2, 3, 4]);
        builder.Function("getGlobal", [], [I32], [0x23, 0]);
        builder.Function("setGlobal", [I32], [], [0x20, 0, 0x24, 0]);
        builder.Function("grow", [I32], [I32], [0x20, 0, 0x40, 0]);
        builder.Function("callTable", [I32], [I32], [0x20, 0, 0x11, 0, 0]);
        builder.Function("setTable", [I32], [], [0x20, 0, 0xd2, 1, 0x26, 0]);
        builder.Function("growTable", [], [I32], [0xd2, 1, .. Const(3), 0xfc, 15, 0]);
        builder.Function("tableSize", [], [I32], [0xfc, 16, 0]);
        return builder;
    }

    private static int Call(IWasmInstance instance, IWasmTemplate template, string name, params int[] arguments)
    {
        WasmValue[] values = new WasmValue[2];
        for (int i = 0; i < arguments.Length; i++)
            values[i].I32 = arguments[i];
        instance.Invoke(template.Module.Exports.First(export => export.Name == name), values);
        return values[0].I32;
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(20u)]
    [InlineData(100u)]
    public void NothingOfAFormerInstanceIsLeft(uint pages)
    {
        using ManagedEngine engine = new();
        using IWasmModule module = engine.Compile(Module(pages).Build());
        IWasmTemplate template = module.Link(_ => null);
        for (int round = 0; round < 6; round++)
        {
            using IWasmInstance instance = template.Instantiate(null, default);
            Span<byte> memory = instance.Memory;
            Assert.Equal((int)pages * 65536, memory.Length);
            Assert.Equal([1, 2, 3, 4], memory.Slice(5000, 4).ToArray());
            memory.Slice(5000, 4).Clear();
            Assert.False(memory.ContainsAnyExcept((byte)0), "bytes of a former instance");
            Assert.Equal(11, Call(instance, template, "getGlobal"));
            Assert.Equal(4, Call(instance, template, "tableSize"));
            Assert.Equal(1, Call(instance, template, "callTable", 1));
            Assert.Throws<WasmTrapException>(() => Call(instance, template, "callTable", 2));

            // Dirty everything: a little in some rounds, all of it and more in others.
            if (round % 2 == 0)
                memory.Fill(0xaa);
            else
                memory[^1] = memory[70] = memory[9000] = 0xbb;
            Call(instance, template, "setGlobal", 99);
            Call(instance, template, "setTable", 1);
            Call(instance, template, "growTable");
            Assert.Equal(7, Call(instance, template, "tableSize"));
            if (round > 1)
            {
                Assert.Equal((int)pages, Call(instance, template, "grow", 3));
                Assert.False(instance.Memory[((int)pages * 65536)..].ContainsAnyExcept((byte)0), "grown memory is not zero");
                instance.Memory[((int)pages * 65536)..].Fill(0xcc);
            }
        }
    }

    [Fact]
    public void InstancesAtTheSameTimeAreApart()
    {
        using ManagedEngine engine = new();
        using IWasmModule module = engine.Compile(Module(2).Build());
        IWasmTemplate template = module.Link(_ => null);
        Parallel.For(0, 8, worker =>
        {
            for (int i = 0; i < 200; i++)
            {
                using IWasmInstance instance = template.Instantiate(null, default);
                Assert.Equal(0, instance.Memory[100]);
                instance.Memory[100] = (byte)(worker + 1);
                Call(instance, template, "setGlobal", worker);
                Thread.Yield();
                Assert.Equal(worker + 1, instance.Memory[100]);
                Assert.Equal(worker, Call(instance, template, "getGlobal"));
            }
        });
    }
}
