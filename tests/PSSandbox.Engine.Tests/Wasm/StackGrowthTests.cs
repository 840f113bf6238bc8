using PSSandbox.Wasm;
using PSSandbox.Wasm.Managed;

namespace PSSandbox.Tests.Wasm;

/// <summary>A guest of the managed engine asks before its calls take more of the host's stack.</summary>
public sealed class StackGrowthTests
{
    // Memory tells how deep it got; "down" calls itself as often as it is told.
    private static readonly byte[] Module = Wabt.Assemble("""
        (module
          (memory (export "memory") 1)
          (func $endless (export "endless")
            (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
            (call $endless)
            (call $endless))
          (func $down (export "down") (param i32)
            (if (local.get 0) (then (call $down (i32.sub (local.get 0) (i32.const 1)))))))
        """);

    private static int Depth(Func<int, bool>? onDeepen, int stackBytes = 0)
    {
        using ManagedEngine engine = new();
        using IWasmModule module = engine.Compile(Module);
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, new WasmLimits { OnDeepen = onDeepen, MaxStackBytes = stackBytes });
        WasmTrapException trap = Assert.Throws<WasmTrapException>(() => instance.Invoke(module.Exports.First(static export => export.Name == "endless"), []));
        Assert.Equal(WasmTrapKind.StackOverflow, trap.Kind);
        return BitConverter.ToInt32(instance.Memory);
    }

    [Fact]
    public void It_gets_as_deep_as_it_is_allowed_to()
    {
        int asked = 0;
        int all = Depth(bytes => (asked += bytes) > 0);
        Assert.InRange(asked, 1 << 20, 2 << 20);
        int few = 0;
        int half = Depth(bytes => (few += bytes) <= asked / 2);
        int none = Depth(static _ => false);
        Assert.InRange(half, all / 10, all * 9 / 10);
        Assert.InRange(none, 10, half / 2);
        Assert.True(Depth(null) > half);
    }

    [Fact]
    public void Its_own_limit_holds_whatever_it_is_allowed()
    {
        int asked = 0;
        Depth(bytes => (asked += bytes) > 0, 256 << 10);
        Assert.InRange(asked, 1, 256 << 10);
    }

    [Fact]
    public void What_it_was_allowed_it_need_not_ask_for_again()
    {
        using ManagedEngine engine = new();
        using IWasmModule module = engine.Compile(Module);
        int asked = 0;
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, new WasmLimits { OnDeepen = bytes => (asked += bytes) > 0 });
        WasmExport down = module.Exports.First(static export => export.Name == "down");
        instance.Invoke(down, [new WasmValue { I32 = 1000 }]);
        int once = asked;
        for (int i = 0; i < 100; i++)
            instance.Invoke(down, [new WasmValue { I32 = 1000 }]);
        Assert.InRange(once, 1, 1 << 20);
        Assert.InRange(asked, once, once + (128 << 10));
    }
}
