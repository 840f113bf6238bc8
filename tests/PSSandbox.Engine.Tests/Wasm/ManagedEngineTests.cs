using PSSandbox.Processes;
using PSSandbox.Wasm;
using PSSandbox.Wasm.Managed;
using PSSandbox.Wasm.Managed.Runtime;
using static PSSandbox.Tests.Wasm.ModuleBuilder;

namespace PSSandbox.Tests.Wasm;

/// <summary>The managed engine by its contract: calls, host functions, traps, interruption, limits.</summary>
public sealed class ManagedEngineTests
{
    private static IWasmTemplate Link(byte[] binary, HostFunction? host = null)
    {
        IWasmEngine engine = new ManagedEngine();
        return engine.Compile(binary).Link(_ => host);
    }

    private static WasmValue[] Call(IWasmInstance instance, IWasmTemplate template, string name, params int[] arguments)
    {
        WasmExport export = template.Module.Exports.First(candidate => candidate.Name == name);
        WasmValue[] values = new WasmValue[Math.Max(4, arguments.Length)];
        for (int i = 0; i < arguments.Length; i++)
            values[i].I32 = arguments[i];
        instance.Invoke(export, values);
        return values;
    }

    [Fact]
    public void HostFunctionGetsArgumentsStateAndMemoryAndGivesResult()
    {
        ModuleBuilder builder = new();
        int host = builder.Import("env", "add", [I32, I32], [I32]);
        builder.Function("run", [I32], [I32], [0x20, 0, .. Const(5), 0x10, (byte)host]);
        builder.Memory(1);
        object state = new();
        object? seen = null;
        IWasmTemplate template = Link(builder.Build(), (caller, values) =>
        {
            seen = caller.State;
            caller.Memory[7] = 42;
            values[0].I32 += values[1].I32;
        });
        using IWasmInstance instance = template.Instantiate(state, default);
        Assert.Equal(42, Call(instance, template, "run", 37)[0].I32);
        Assert.Same(state, seen);
        Assert.Equal(42, instance.Memory[7]);
        Assert.Equal(65536, instance.Memory.Length);
    }

    [Fact]
    public void ExceptionsOfHostFunctionsPassThroughTheGuestAsTheyAre()
    {
        ModuleBuilder builder = new();
        int host = builder.Import("env", "exit", [], []);
        int inner = builder.Function(null, [], [], [0x10, (byte)host]);
        builder.Function("run", [], [], [0x10, (byte)inner]);
        Exception thrown = new ProcessExitException(WaitStatus.ForExit(3));
        IWasmTemplate template = Link(builder.Build(), (_, _) => throw thrown);
        using IWasmInstance instance = template.Instantiate(null, default);
        Assert.Same(thrown, Assert.Throws<ProcessExitException>(() => Call(instance, template, "run")));
        thrown = new InvalidOperationException("other");
        Assert.Same(thrown, Assert.Throws<InvalidOperationException>(() => Call(instance, template, "run")));
    }

    [Fact]
    public void AMissingImportIsRefused()
    {
        ModuleBuilder builder = new();
        builder.Import("env", "missing", [], []);
        WasmLinkException error = Assert.Throws<WasmLinkException>(() => Link(builder.Build()));
        Assert.Contains("env.missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EndlessRecursionTrapsAndTheInstanceLivesOn()
    {
        ModuleBuilder builder = new();
        builder.Function("recurse", [I32], [I32], [0x20, 0, .. Const(1), 0x6a, 0x10, 0, .. Const(1), 0x6a]);
        builder.Function("one", [], [I32], Const(1));
        IWasmTemplate template = Link(builder.Build());
        using IWasmInstance instance = template.Instantiate(null, default);
        for (int i = 0; i < 3; i++)
        {
            WasmTrapException trap = Assert.Throws<WasmTrapException>(() => Call(instance, template, "recurse", 0));
            Assert.Equal(WasmTrapKind.StackOverflow, trap.Kind);
            Assert.Equal(1, Call(instance, template, "one")[0].I32);
        }
    }

    [Fact]
    public void RecursionOfHugeFramesTrapsOnASmallStack()
    {
        // A thousand locals that all live across the call: frames of kilobytes.
        ModuleBuilder builder = new();
        List<byte> body = [];
        for (uint i = 1; i <= 1000; i++)
            body.AddRange([0x20, 0, .. Const((int)i), 0x6a, 0xad, 0x21, .. U(i)]);
        body.AddRange([0x20, 0, 0x10, 0, 0x21, 0]);
        for (uint i = 1; i <= 1000; i++)
            body.AddRange([0x20, .. U(i), 0xa7, 0x20, 0, 0x6a, 0x21, 0]);
        body.AddRange([0x20, 0]);
        builder.Function("recurse", [I32], [I32], [.. body], [.. Enumerable.Repeat(I64, 1000)]);
        IWasmTemplate template = Link(builder.Build());
        WasmTrapKind? kind = null;
        Thread thread = new(() =>
        {
            using IWasmInstance instance = template.Instantiate(null, default);
            kind = Assert.Throws<WasmTrapException>(() => Call(instance, template, "recurse", 0)).Kind;
        }, 1 << 20);
        thread.Start();
        thread.Join();
        Assert.Equal(WasmTrapKind.StackOverflow, kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void InterruptStopsALoopAndARecursion(bool loop)
    {
        ModuleBuilder builder = new();
        if (loop)
        {
            builder.Function("run", [I32], [I32], [0x03, 0x40, 0x0c, 0, 0x0b, 0x00]);
        }
        else
        {
            // Calls without end but not without bottom: f(n) = n == 0 ? 0 : f(n-1) + f(n-1).
            byte[] again = [0x20, 0, .. Const(1), 0x6b, 0x10, 0];
            builder.Function("run", [I32], [I32], [0x20, 0, 0x45, 0x04, I32, .. Const(0), 0x05, .. again, .. again, 0x6a, 0x0b]);
        }

        IWasmTemplate template = Link(builder.Build());
        using IWasmInstance instance = template.Instantiate(null, default);
        using Timer timer = new(_ => instance.Interrupt(), null, 50, Timeout.Infinite);
        WasmTrapException trap = Assert.Throws<WasmTrapException>(() => Call(instance, template, "run", 60));
        Assert.Equal(WasmTrapKind.Interrupted, trap.Kind);
    }

    [Fact]
    public void OnInterruptRunsOnTheGuestsThreadAndMayLetItGoOn()
    {
        // Counts down a global that the callback sets to 1.
        ModuleBuilder builder = new();
        builder.Memory(1);
        builder.Function("run", [], [I32], [0x03, 0x40, .. Const(0), 0x28, 2, 0, 0x45, 0x0d, 0, 0x0b, .. Const(7)]);
        IWasmTemplate template = Link(builder.Build());
        int calls = 0;
        int thread = 0;
        WasmLimits limits = new()
        {
            OnInterrupt = caller =>
            {
                thread = Environment.CurrentManagedThreadId;
                if (++calls == 3)
                    caller.Memory[0] = 1;
            },
        };
        using IWasmInstance instance = template.Instantiate(null, limits);
        using Timer timer = new(_ => instance.Interrupt(), null, 5, 5);
        Assert.Equal(7, Call(instance, template, "run")[0].I32);
        Assert.True(calls >= 3);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void WhatALoopHoldsSurvivesInterruptionsAlsoThoseThatRunTheGuest()
    {
        // Locals of every kind change in each round: i32, i64, f64 and v128; the outer loop makes the inner one start again.
        ModuleBuilder builder = new();
        byte[] mix =
        [
            0x20, 2, 0x42, 3, 0x7e, 0x20, 1, 0xad, 0x7c, 0x21, 2,
            0x20, 3, 0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0xa0, 0x21, 3,
            0x20, 4, 0x20, 1, 0xfd, 0x11, 0xfd, 0xae, 0x01, 0x21, 4,
        ];
        byte[] inner = [0x03, 0x40, .. mix, 0x20, 1, .. Const(1), 0x6a, 0x22, 1, .. Const(1000), 0x48, 0x0d, 0, 0x0b];
        builder.Function("run", [I32], [I64], [
            0x03, 0x40, .. Const(0), 0x21, 1, .. inner, 0x20, 0, .. Const(1), 0x6b, 0x22, 0, 0x0d, 0, 0x0b,
            0x20, 2, 0x20, 3, 0xb0, 0x85, 0x20, 4, 0xfd, 0x1d, 1, 0x85,
        ], I32, I64, F64, V128);
        IWasmTemplate template = Link(builder.Build());
        using IWasmInstance quiet = template.Instantiate(null, default);
        long expected = Call(quiet, template, "run", 20000)[0].I64;
        long expectedInner = Call(quiet, template, "run", 3)[0].I64;
        int calls = 0;
        int depth = 0;
        WasmLimits limits = new()
        {
            OnInterrupt = caller =>
            {
                calls++;
                if (depth == 0)
                {
                    depth++;
                    caller.Interrupt();
                    Assert.Equal(expectedInner, Call(caller, template, "run", 3)[0].I64);
                    depth--;
                }
            },
        };
        using IWasmInstance instance = template.Instantiate(null, limits);
        using Timer timer = new(_ => instance.Interrupt(), null, 0, 1);
        for (int i = 0; i < 5 || calls < 10; i++)
            Assert.Equal(expected, Call(instance, template, "run", 20000)[0].I64);
    }

    [Fact]
    public void AnInterruptBeforeTheCallIsNotLost()
    {
        ModuleBuilder builder = new();
        builder.Function("run", [], [], []);
        IWasmTemplate template = Link(builder.Build());
        using IWasmInstance instance = template.Instantiate(null, default);
        instance.Interrupt();
        Assert.Equal(WasmTrapKind.Interrupted, Assert.Throws<WasmTrapException>(() => Call(instance, template, "run")).Kind);
        Call(instance, template, "run");
    }

    [Fact]
    public void MemoryGrowsWithinItsLimitsOnly()
    {
        ModuleBuilder builder = new();
        builder.Memory(1, 10);
        builder.Function("grow", [I32], [I32], [0x20, 0, 0x40, 0]);
        builder.Function("size", [], [I32], [0x3f, 0]);
        IWasmTemplate template = Link(builder.Build());
        long asked = 0;
        using IWasmInstance instance = template.Instantiate(null, new WasmLimits
        {
            MaxMemoryBytes = 5 * 65536,
            OnGrow = bytes => (asked += bytes) < 4 * 65536,
        });
        Assert.Equal(1, Call(instance, template, "grow", 2)[0].I32);
        Assert.Equal(-1, Call(instance, template, "grow", 3)[0].I32);
        Assert.Equal(-1, Call(instance, template, "grow", -1)[0].I32);
        Assert.Equal(3, Call(instance, template, "size")[0].I32);
        Assert.Equal(-1, Call(instance, template, "grow", 2)[0].I32);
        Assert.Equal(3 * 65536, instance.PeakMemoryBytes);
        Assert.Equal(3 * 65536, instance.Memory.Length);
        Assert.Throws<WasmLinkException>(() => template.Instantiate(null, new WasmLimits { MaxMemoryBytes = 100 }));
    }

    [Fact]
    public void FuelEndsAProgramAlwaysAtTheSamePlace()
    {
        ModuleBuilder builder = new();
        builder.Memory(1);
        builder.Function("run", [I32], [I32], [
            0x03, 0x40, .. Const(0), .. Const(0), 0x28, 2, 0, .. Const(1), 0x6a, 0x36, 2, 0,
            .. Const(0), 0x28, 2, 0, 0x20, 0, 0x48, 0x0d, 0, 0x0b, .. Const(0), 0x28, 2, 0,
        ]);
        IWasmTemplate template = Link(builder.Build());
        int[] reached = new int[3];
        for (int i = 0; i < reached.Length; i++)
        {
            using IWasmInstance instance = template.Instantiate(null, new WasmLimits { Fuel = 100_000 });
            Assert.Equal(WasmTrapKind.OutOfFuel, Assert.Throws<WasmTrapException>(() => Call(instance, template, "run", int.MaxValue)).Kind);
            reached[i] = BitConverter.ToInt32(instance.Memory);
        }

        Assert.InRange(reached[0], 5_000, 15_000);
        Assert.All(reached, value => Assert.Equal(reached[0], value));
        using IWasmInstance enough = template.Instantiate(null, new WasmLimits { Fuel = 100_000 });
        Assert.Equal(1000, Call(enough, template, "run", 1000)[0].I32);
        using IWasmInstance unlimited = template.Instantiate(null, default);
        Assert.Equal(1_000_000, Call(unlimited, template, "run", 1_000_000)[0].I32);
    }

    [Fact]
    public void FuelEndsARecursionThatNeedsLittleStack()
    {
        ModuleBuilder builder = new();
        byte[] again = [0x20, 0, .. Const(1), 0x6b, 0x10, 0];
        builder.Function("run", [I32], [I32], [0x20, 0, 0x45, 0x04, I32, .. Const(0), 0x05, .. again, .. again, 0x6a, 0x0b]);
        IWasmTemplate template = Link(builder.Build());
        using IWasmInstance instance = template.Instantiate(null, new WasmLimits { Fuel = 1_000_000 });
        Assert.Equal(WasmTrapKind.OutOfFuel, Assert.Throws<WasmTrapException>(() => Call(instance, template, "run", 50)).Kind);
    }

    [Fact]
    public void AFailedStartFunctionIsATrapOfInstantiation()
    {
        ModuleBuilder builder = new();
        int start = builder.Function(null, [], [], [0x00]);
        builder.Start(start);
        IWasmTemplate template = Link(builder.Build());
        Assert.Equal(WasmTrapKind.Unreachable, Assert.Throws<WasmTrapException>(() => template.Instantiate(null, default)).Kind);
    }

    [Fact]
    public void LargeCopiesAndFillsMoveEveryByteAndCanBeInterrupted()
    {
        ModuleBuilder builder = new();
        builder.Memory(1024);
        builder.Function("fill", [I32, I32, I32], [], [0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 11, 0]);
        builder.Function("copy", [I32, I32, I32], [], [0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 10, 0, 0]);
        IWasmTemplate template = Link(builder.Build());
        using IWasmInstance instance = template.Instantiate(null, default);
        Span<byte> memory = instance.Memory;
        const int size = 30_000_000;
        Call(instance, template, "fill", 7, 0xab, size);
        Assert.Equal(0, memory[6]);
        Assert.Equal(0, memory[size + 7]);
        Assert.False(memory.Slice(7, size).ContainsAnyExcept((byte)0xab));
        byte[] pattern = new byte[size];
        new Random(5).NextBytes(pattern);
        foreach ((int to, int from) in ((int, int)[])[(1000, 0), (0, 1000), (33_000_000, 0)])
        {
            pattern.CopyTo(memory[from..]);
            Call(instance, template, "copy", to, from, size);
            Assert.True(memory.Slice(to, size).SequenceEqual(pattern), $"copy from {from} to {to}");
        }

        // The first time is at the call, the second can only be in the middle of it.
        int calls = 0;
        using IWasmInstance interrupted = template.Instantiate(null, new WasmLimits
        {
            OnInterrupt = caller =>
            {
                if (++calls == 2)
                    throw new InvalidOperationException("stop");
                caller.Interrupt();
            },
        });
        interrupted.Interrupt();
        Assert.Throws<InvalidOperationException>(() => Call(interrupted, template, "fill", 0, 1, size));
        Assert.Equal(1, interrupted.Memory[0]);
        Assert.Equal(0, interrupted.Memory[size - 1]);
    }

    [Fact]
    public void ModulesThatAreNoLongerUsedAreUnloaded()
    {
        WeakReference[] codes = [.. Enumerable.Range(0, 10).Select(RunOnce)];
        // The runtime's own threads may hold one for a while.
        long begin = System.Diagnostics.Stopwatch.GetTimestamp();
        while (codes.Any(code => code.IsAlive) && System.Diagnostics.Stopwatch.GetElapsedTime(begin) < TimeSpan.FromMinutes(1))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }

        Assert.All(codes, code => Assert.False(code.IsAlive));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference RunOnce(int value)
    {
        ModuleBuilder builder = new();
        builder.Memory(1);
        builder.Function("run", [], [I32], Const(value));
        using ManagedEngine engine = new();
        using ManagedModule module = engine.Compile(builder.Build());
        IWasmTemplate template = ((IWasmModule)module).Link(_ => null);
        using IWasmInstance instance = template.Instantiate(null, default);
        Assert.Equal(value, Call(instance, template, "run")[0].I32);
        return new WeakReference(module.Code.Module.Assembly);
    }

    [Fact]
    public void CodeOfALargeModuleIsLoadedOnceForGoodAndRecursesIntoATrap()
    {
        ModuleBuilder builder = new();
        byte[] step = [0x20, 0, .. Const(0x10001), 0x6a, 0x21, 0];
        byte[] steps = [.. Enumerable.Repeat(step, 1000).SelectMany(one => one)];
        int last = 0;
        for (int i = 0; i < 300; i++)
            last = builder.Function(i == 0 ? "sum" : null, [I32], [I32], [.. steps, 0x20, 0]);
        int endless = last + 1;
        builder.Function("endless", [I32], [I32], [.. steps, 0x20, 0, 0x10, .. U((uint)endless), 0x10, .. U((uint)endless)]);
        byte[] binary = builder.Build();
        KeptCode kept = new(64 << 20);
        using ManagedModule first = new ManagedEngine(kept: kept).Compile(binary);
        using ManagedModule second = new ManagedEngine(kept: kept).Compile(binary);
        Assert.Same(first.Code.Module, second.Code.Module);
        Assert.False(first.Code.Module.Assembly.IsCollectible);
        IWasmTemplate template = ((IWasmModule)second).Link(_ => null);
        using IWasmInstance instance = template.Instantiate(null, default);
        for (int i = 0; i < 100; i++)
            Assert.Equal((0x10001 * 1000) + i, Call(instance, template, "sum", i)[0].I32);
        Assert.Equal(WasmTrapKind.StackOverflow, Assert.Throws<WasmTrapException>(() => Call(instance, template, "endless", 1)).Kind);

        // Where there is no room for it, it can be unloaded.
        KeptCode none = new(KeptCode.LargeImage);
        using ManagedModule third = new ManagedEngine(kept: none).Compile(binary);
        Assert.True(third.Code.Module.Assembly.IsCollectible);
    }

    [Fact]
    public void ADisposedInstanceRefusesToRunAndIgnoresInterrupts()
    {
        ModuleBuilder builder = new();
        builder.Function("run", [], [], []);
        IWasmTemplate template = Link(builder.Build());
        IWasmInstance instance = template.Instantiate(null, default);
        instance.Dispose();
        instance.Dispose();
        instance.Interrupt();
        Assert.Throws<ObjectDisposedException>(() => Call(instance, template, "run"));

        // The next one, which may live in the same memory, is not interrupted.
        using IWasmInstance next = template.Instantiate(null, default);
        instance.Interrupt();
        Call(next, template, "run");
    }
}
