using System.Runtime.CompilerServices;
using PSSandbox.Processes;
using PSSandbox.Wasm;

namespace PSSandbox.Tests.Wasm;

/// <content>Limits and interruption.</content>
public abstract partial class EngineContractTests
{
    private const string Growing =
        """
        (module
          (import "env" "pause" (func $pause))
          (memory (export "memory") 1)
          (func (export "run") (param i32) (result i32) (memory.grow (local.get 0)))
          (func (export "twice") (param i32) (result i32)
            (drop (memory.grow (local.get 0))) (call $pause) (memory.grow (local.get 0)))
          (func (export "loop") (loop $l (br $l))))
        """;

    [Fact]
    public void MemoryGrowsUpToTheLimit()
    {
        using IWasmModule module = Compile(Growing);
        IWasmTemplate template = module.Link(_ => (_, _) => { });
        using IWasmInstance instance = template.Instantiate(null, new WasmLimits { MaxMemoryBytes = 10 * 65536 });
        Assert.Equal(65536, instance.Memory.Length);
        Assert.Equal(1, Grow(instance, module, 8));
        Assert.Equal(9 * 65536, instance.Memory.Length);
        Assert.Equal(-1, Grow(instance, module, 2));
        Assert.Equal(9, Grow(instance, module, 1));
        Assert.Equal(-1, Grow(instance, module, 1));
        Assert.Equal(-1, Grow(instance, module, -1));
        Assert.Equal(10 * 65536, instance.Memory.Length);
        Assert.Equal(10 * 65536, instance.PeakMemoryBytes);
        instance.Memory[^1] = 1;
    }

    [Fact]
    public void MemoryBeyondTheLimitFromTheBeginningIsRefused()
    {
        using IWasmModule module = Compile("""(module (memory 100))""");
        IWasmTemplate template = module.Link(_ => null);
        Assert.Throws<WasmLinkException>(() => template.Instantiate(null, new WasmLimits { MaxMemoryBytes = 99 * 65536 }));
        template.Instantiate(null, new WasmLimits { MaxMemoryBytes = 100 * 65536 }).Dispose();
    }

    [Fact]
    public void GrowthIsCharged()
    {
        using IWasmModule module = Compile(Growing);
        List<long> charged = [];
        long atPause = 0;
        WasmLimits limits = new()
        {
            OnGrow = bytes =>
            {
                charged.Add(bytes);
                return true;
            },
        };
        using IWasmInstance instance = module.Link(_ => (caller, _) => atPause = caller.Memory.Length).Instantiate(null, limits);
        WasmValue[] values = new WasmValue[1];
        values[0].I32 = 3;
        instance.Invoke(module.Exports.First(export => export.Name == "twice"), values);
        Assert.Equal(4 * 65536, atPause);
        Assert.Equal([3 * 65536, 3 * 65536], charged);
        Assert.Equal(7 * 65536, instance.PeakMemoryBytes);
    }

    [Fact]
    public void GrowthThatTheHostRefusesFails()
    {
        using IWasmModule module = Compile(Growing);
        long left = 5 * 65536;
        WasmLimits limits = new()
        {
            OnGrow = bytes =>
            {
                if (bytes > left)
                    return false;
                left -= bytes;
                return true;
            },
        };
        using IWasmInstance instance = module.Link(_ => (_, _) => { }).Instantiate(null, limits);
        Assert.Equal(1, Grow(instance, module, 3));
        Assert.Equal(-1, Grow(instance, module, 3));
        Assert.Equal(4, Grow(instance, module, 2));
        Assert.Equal(6, Grow(instance, module, 0));
        Assert.Equal(-1, Grow(instance, module, 1));
        Assert.Equal(6 * 65536, instance.Memory.Length);
        Assert.Equal(0, left);
    }

    [Fact]
    public void GrowthBeyondTheDeclaredMaximumIsNotCharged()
    {
        using IWasmModule module = Compile(
            """
            (module
              (memory 1 3)
              (func (export "run") (param i32) (result i32) (memory.grow (local.get 0))))
            """);
        List<long> charged = [];
        WasmLimits limits = new()
        {
            OnGrow = bytes =>
            {
                charged.Add(bytes);
                return true;
            },
        };
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, limits);
        Assert.Equal(-1, Grow(instance, module, 3));
        Assert.Empty(charged);
        Assert.Equal(1, Grow(instance, module, 2));
        Assert.Equal([2 * 65536], charged);
        Assert.Equal(3 * 65536, instance.Memory.Length);
    }

    [Fact]
    public void ModuleOfEverySectionStillWorksWhereItGrows()
    {
        using IWasmModule module = Compile(
            """
            (module
              (type $unary (func (param i32) (result i32)))
              (import "env" "host" (func $host (param i32) (result i32)))
              (global $g (mut i64) (i64.const -5000000000))
              (global $f funcref (ref.func $double))
              (global $n funcref (ref.null func))
              (global $v v128 (v128.const i32x4 1 2 3 4))
              (global $d f64 (f64.const -0.5))
              (memory 1)
              (table $t 4 funcref)
              (table $u 2 funcref)
              (elem (table $t) (i32.const 1) func $double $host)
              (elem (table $u) (i32.const 0) funcref (ref.null func) (ref.func $add))
              (elem $passive func $add)
              (elem declare func $grow)
              (data (i32.const 0) "abc")
              (data $more "xyz")
              (start $begin)
              (func $begin
                (table.init $t $passive (i32.const 3) (i32.const 0) (i32.const 1))
                (memory.init $more (i32.const 3) (i32.const 0) (i32.const 3)))
              (func $double (type $unary) (i32.mul (local.get 0) (i32.const 2)))
              (func $add (type $unary) (local i64 i32 i64) (i32.add (local.get 0) (i32.const 7)))
              (func $grow (export "grow") (type $unary) (memory.grow (local.get 0)))
              (func (export "run") (param i32) (result i32)
                (call_indirect $t (type $unary)
                  (call_indirect $t (type $unary)
                    (call_indirect $t (type $unary) (local.get 0) (i32.const 1))
                    (i32.const 2))
                  (i32.const 3))
                (i32.load8_u (i32.const 5))
                i32.add
                (call_indirect $u (type $unary) (i32.const 0) (i32.const 1))
                i32.add
                (ref.is_null (global.get $f)) (ref.is_null (global.get $n)) i32.sub
                i32.add
                (i32.trunc_f64_s (f64.mul (global.get $d) (f64.const 4)))
                i32.add
                (i32x4.extract_lane 3 (global.get $v))
                i32.add
                (i64.eq (global.get $g) (i64.const -5000000000))
                i32.add
                (block (drop (ref.func $grow)) (drop (call $grow (i32.const 1))))))
            """);
        using IWasmInstance instance = module.Link(_ => (_, values) => values[0].I32 += 100).Instantiate(null, default);

        // 10 doubled, plus 100, plus 7; z; 0 plus 7; minus 1; minus 2; 4; 1.
        Assert.Equal(127 + 'z' + 7 - 1 - 2 + 4 + 1, Grow(instance, module, 10));
        Assert.Equal(2 * 65536, instance.Memory.Length);
        Assert.Equal("abcxyz"u8.ToArray(), instance.Memory[..6].ToArray());
    }

    [Fact]
    public void TableGrowsUpToTheLimit()
    {
        using IWasmModule module = Compile(
            """
            (module (table 1 funcref)
              (func (export "run") (param i32) (result i32) (table.grow 0 (ref.null func) (local.get 0))))
            """);
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, new WasmLimits { MaxTableElements = 100 });
        Assert.Equal(1, Grow(instance, module, 50));
        Assert.Equal(-1, Grow(instance, module, 50));
        Assert.Equal(51, Grow(instance, module, 49));
        Assert.Equal(-1, Grow(instance, module, int.MaxValue));
    }

    [Fact]
    public async Task EndlessLoopEndsWithATrapWhenInterrupted()
    {
        using IWasmModule module = Compile(Growing);
        using IWasmInstance instance = module.Link(_ => (_, _) => { }).Instantiate(null, default);
        WasmExport loop = module.Exports.First(export => export.Name == "loop");
        for (int i = 0; i < 5; i++)
        {
            Task<WasmTrapKind> guest = Task.Factory.StartNew(
                () => Assert.Throws<WasmTrapException>(() => instance.Invoke(loop, [])).Kind,
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await Task.Delay(20, TestContext.Current.CancellationToken);
            instance.Interrupt();
            Assert.Equal(WasmTrapKind.Interrupted, await guest.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task OnlyTheGuestThatWasAskedIsInterrupted()
    {
        using IWasmModule module = Compile(Growing);
        IWasmTemplate template = module.Link(_ => (_, _) => { });
        WasmExport loop = module.Exports.First(export => export.Name == "loop");
        StrongBox<int> first = new(), second = new();
        using IWasmInstance a = template.Instantiate(first, CountAndEndAfter(3));
        using IWasmInstance b = template.Instantiate(second, CountAndEndAfter(1));
        Task guestA = RunToExit(a, loop);
        Task guestB = RunToExit(b, loop);
        for (int i = 1; i <= 3; i++)
        {
            int wanted = i;
            a.Interrupt();
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref first.Value) == wanted, TimeSpan.FromSeconds(30)));
        }

        await guestA.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(0, Volatile.Read(ref second.Value));
        Assert.False(guestB.IsCompleted);
        b.Interrupt();
        await guestB.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(3, first.Value);
    }

    [Fact]
    public async Task ManyInterruptsFromManyThreadsAreNotLost()
    {
        using IWasmModule module = Compile(Growing);
        StrongBox<int> count = new();
        using IWasmInstance instance = module.Link(_ => (_, _) => { }).Instantiate(count, CountAndEndAfter(int.MaxValue));
        Task guest = RunToExit(instance, module.Exports.First(export => export.Name == "loop"));
        for (int i = 0; i < 2000; i++)
        {
            int before = Volatile.Read(ref count.Value);
            instance.Interrupt();
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref count.Value) > before, TimeSpan.FromSeconds(30)), $"interrupt {i} was lost");
        }

        count.Value = int.MaxValue - 1;
        instance.Interrupt();
        await guest.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void InterruptInAHostCallIsAnsweredWhenTheGuestGoesOn()
    {
        using IWasmModule module = Compile(
            """
            (module
              (import "env" "f" (func $f))
              (func (export "run") (call $f) (loop $l (br $l))))
            """);
        using IWasmInstance instance = module.Link(_ => (caller, _) => caller.Interrupt()).Instantiate(null, default);
        Assert.Equal(WasmTrapKind.Interrupted, Assert.Throws<WasmTrapException>(() => instance.Invoke(Run(module), [])).Kind);
    }

    [Fact]
    public void InterruptBeforeTheGuestRunsIsNotForgotten()
    {
        using IWasmModule module = Compile(Growing);
        using IWasmInstance instance = module.Link(_ => (_, _) => { }).Instantiate(null, default);
        instance.Interrupt();
        WasmExport loop = module.Exports.First(export => export.Name == "loop");
        Assert.Equal(WasmTrapKind.Interrupted, Assert.Throws<WasmTrapException>(() => instance.Invoke(loop, [])).Kind);
    }

    [Fact]
    public void HandlerMayCallTheGuestWhileItIsInterrupted()
    {
        using IWasmModule module = Compile(
            """
            (module
              (global $done (mut i32) (i32.const 0))
              (func (export "handler") (global.set $done (i32.const 1)))
              (func (export "run") (loop $l (br_if $l (i32.eqz (global.get $done))))))
            """);
        WasmExport handler = module.Exports.First(export => export.Name == "handler");
        WasmLimits limits = new() { OnInterrupt = instance => instance.Invoke(handler, []) };
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, limits);
        instance.Interrupt();
        instance.Invoke(Run(module), []);
    }

    [Fact]
    public void InterruptAfterTheEndDoesNothing()
    {
        using IWasmModule module = Compile(Growing);
        IWasmInstance instance = module.Link(_ => (_, _) => { }).Instantiate(null, default);
        instance.Dispose();
        instance.Interrupt();
        instance.Dispose();
        Assert.Throws<ObjectDisposedException>(() => instance.Invoke(module.Exports[1], new WasmValue[1]));
    }

    private static WasmLimits CountAndEndAfter(int count) => new()
    {
        OnInterrupt = instance =>
        {
            if (Interlocked.Increment(ref ((StrongBox<int>)instance.State!).Value) >= count)
                throw new ProcessExitException(WaitStatus.ForExit(143));
        },
    };

    private static Task RunToExit(IWasmInstance instance, WasmExport loop) => Task.Factory.StartNew(
        () => Assert.Equal(WaitStatus.ForExit(143), Assert.Throws<ProcessExitException>(() => instance.Invoke(loop, [])).Status),
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static int Grow(IWasmInstance instance, IWasmModule module, int by)
    {
        WasmValue[] values = new WasmValue[1];
        values[0].I32 = by;
        instance.Invoke(Run(module), values);
        return values[0].I32;
    }
}
