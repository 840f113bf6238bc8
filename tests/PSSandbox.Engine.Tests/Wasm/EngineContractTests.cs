using PSSandbox.Processes;
using PSSandbox.Wasm;

namespace PSSandbox.Tests.Wasm;

/// <summary>What every WebAssembly engine must do; a subclass gives the engine.</summary>
public abstract partial class EngineContractTests
{
    /// <summary>The engine, or a skipped test where it cannot be had.</summary>
    private protected abstract IWasmEngine Engine();

    [Fact]
    public void ListsImportsAndExports()
    {
        using IWasmModule module = Compile(
            """
            (module
              (import "env" "f" (func (param i32 i64) (result f64)))
              (memory (export "memory") 1)
              (global (export "g") i32 (i32.const 1))
              (table (export "t") 1 funcref)
              (func (export "run") (param v128) (result i32 i64) i32.const 1 i64.const 2))
            """);
        WasmImport import = Assert.Single(module.Imports);
        Assert.Equal(("env", "f", WasmExternKind.Function), (import.Module, import.Name, import.Kind));
        Assert.Equal([WasmValueType.I32, WasmValueType.I64], import.FunctionType!.Parameters);
        Assert.Equal([WasmValueType.F64], import.FunctionType.Results);
        Assert.Equal(["memory", "g", "t", "run"], module.Exports.Select(export => export.Name));
        WasmExport run = module.Exports[3];
        Assert.Equal((WasmExternKind.Function, 1), (run.Kind, run.Index));
        Assert.Equal([WasmValueType.I32, WasmValueType.I64], run.FunctionType!.Results);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0061736d")]
    [InlineData("0061736d02000000")]
    [InlineData("0061736d01000000ff00")]
    [InlineData("0061736d010000000105")]
    [InlineData("7f454c4602010100000000000000000000000000000000000000000000000000")]
    public void RefusesWhatIsNoModule(string hex) =>
        Assert.Throws<WasmFormatException>(() => Engine().Compile(Convert.FromHexString(hex)));

    [Fact]
    public void RefusesInvalidCode()
    {
        // A function of type [] -> [i32] with an empty body.
        byte[] binary = Convert.FromHexString("0061736d0100000001050160" + "00017f" + "03020100" + "0a040102000b");
        WasmFormatException error = Assert.Throws<WasmFormatException>(() => Engine().Compile(binary));
        Assert.True(error.Offset > 0);
    }

    [Fact]
    public void UnresolvedImportIsALinkError()
    {
        using IWasmModule module = Compile("""(module (import "a" "b" (func)))""");
        WasmLinkException error = Assert.Throws<WasmLinkException>(() => module.Link(_ => null));
        Assert.Contains("a", error.Message, StringComparison.Ordinal);
        Assert.Contains("b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ImportThatIsNoFunctionIsALinkError()
    {
        using IWasmModule module = Compile("""(module (import "a" "m" (memory 1)))""");
        Assert.Throws<WasmLinkException>(() => module.Link(_ => (_, _) => { }));
    }

    [Fact]
    public void PassesValuesOfEveryTypeInAndOut()
    {
        using IWasmModule module = Compile(
            """
            (module
              (import "env" "swap" (func $swap (param i32 i64 f32 f64 v128) (result v128 f64 f32 i64 i32)))
              (func (export "run") (param i32 i64 f32 f64 v128) (result v128 f64 f32 i64 i32)
                local.get 0 local.get 1 local.get 2 local.get 3 local.get 4 call $swap))
            """);
        UInt128 vector = new(0x0123456789abcdef, 0xfedcba9876543210);
        WasmValue[]? seen = null;
        IWasmTemplate template = module.Link(_ => (_, values) =>
        {
            seen = values.ToArray();
            values.Reverse();
        });
        using IWasmInstance instance = template.Instantiate(null, default);
        WasmValue[] values = new WasmValue[5];
        values[0].I32 = -1;
        values[1].I64 = long.MinValue;
        values[2].F32 = 1.5f;
        values[3].F64 = -2.25;
        values[4].V128 = System.Runtime.CompilerServices.Unsafe.BitCast<UInt128, System.Runtime.Intrinsics.Vector128<byte>>(vector);
        instance.Invoke(module.Exports[0], values);
        Assert.Equal(-1, seen![0].I32);
        Assert.Equal(vector, System.Runtime.CompilerServices.Unsafe.BitCast<System.Runtime.Intrinsics.Vector128<byte>, UInt128>(values[0].V128));
        Assert.Equal(-2.25, values[1].F64);
        Assert.Equal(1.5f, values[2].F32);
        Assert.Equal(long.MinValue, values[3].I64);
        Assert.Equal(-1, values[4].I32);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(5_000_000, 3)]
    [InlineData(3, 5_000_000)]
    [InlineData(7, 7)]
    public void LargeMovesAreAsIfAtOnce(int destination, int source)
    {
        using IWasmModule module = Compile(
            """
            (module
              (memory (export "memory") 300)
              (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
              (func (export "fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
              (func (export "small") (memory.fill (i32.const 1) (i32.const 9) (i32.const 3))))
            """);
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, default);
        for (int length = 1 << 22; length < 14_000_000; length += 4_700_001)
        {
            new Random(length).NextBytes(instance.Memory);
            byte[] expected = instance.Memory.ToArray();
            expected.AsSpan(source, length).CopyTo(expected.AsSpan(destination));
            Call(1, destination, source, length);
            Assert.True(instance.Memory.SequenceEqual(expected), $"{length} bytes were copied wrongly");
            expected.AsSpan(destination, length).Fill(0xa5);
            Call(2, destination, 0xa5, length);
            Assert.True(instance.Memory.SequenceEqual(expected), $"{length} bytes were filled wrongly");

            // What does not fit changes nothing.
            Refused(1, destination, 19_660_800 - length + 1, length);
            Refused(1, 19_660_800 - length + 1, source, length);
            Refused(1, destination, 0, -1);
            Refused(2, 19_660_800 - length + 1, 1, length);
            Refused(2, -1, 1, length);
            Assert.True(instance.Memory.SequenceEqual(expected), "a trap left something behind");
        }

        Call(3, 0, 0, 0);
        Assert.Equal([9, 9, 9], instance.Memory.Slice(1, 3).ToArray());

        void Refused(int export, int a, int b, int c) =>
            Assert.Equal(WasmTrapKind.MemoryOutOfBounds, Assert.Throws<WasmTrapException>(() => Call(export, a, b, c)).Kind);

        void Call(int export, int a, int b, int c)
        {
            WasmValue[] values = new WasmValue[3];
            (values[0].I32, values[1].I32, values[2].I32) = (a, b, c);
            instance.Invoke(module.Exports[export], values);
        }
    }

    [Fact]
    public void SignallingNaNsOfConstantsKeepTheirBits()
    {
        using IWasmModule module = Compile(
            """
            (module
              (global $lane (mut f32) (f32.const 0))
              (global $bits (mut f32) (f32.const 0))
              (func (export "run") (result f32 f32 f32)
                (local $i i32) (local $v v128)
                (local.set $i (i32.const 0x7f800001))
                (local.set $v (v128.const i32x4 0 0x7f800003 0 0))
                (global.set $lane (f32x4.extract_lane 0 (v128.const i32x4 0x7f800001 0 0 0)))
                (global.set $bits (f32.reinterpret_i32 (i32.const 0x7f800001)))
                (f32x4.extract_lane 1 (local.get $v)) (f32.reinterpret_i32 (local.get $i)) (f32.const nan:0x2))
              (func (export "lane") (result f32) (global.get $lane))
              (func (export "bits") (result f32) (global.get $bits)))
            """);
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, default);
        WasmValue[] values = new WasmValue[3];
        instance.Invoke(module.Exports[0], values);
        Assert.Equal([0x7f800003, 0x7f800001, 0x7f800002], values.Select(value => value.I32));
        instance.Invoke(module.Exports[1], values);
        Assert.Equal(0x7f800001, values[0].I32);
        instance.Invoke(module.Exports[2], values);
        Assert.Equal(0x7f800001, values[0].I32);
    }

    [Fact]
    public void LargeTablesAndManyReferencedFunctionsRun()
    {
        // More than a pool has room for.
        const int Functions = 30_000;
        string functions = string.Concat(Enumerable.Range(0, Functions).Select(i => $"(func $f{i} (result i32) (i32.const {i}))"));
        string names = string.Concat(Enumerable.Range(0, Functions).Select(i => $" $f{i}"));
        using IWasmModule module = Compile(
            $"""
            (module
              (table 200000 funcref)
              (table 3 externref) (table 3 externref) (table 3 externref) (table 3 externref) (table 3 externref)
              (elem (table 0) (i32.const 150000) func {names})
              {functions}
              (func (export "run") (param i32) (result i32) (call_indirect 0 (result i32) (local.get 0))))
            """);
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, default);
        WasmValue[] values = new WasmValue[1];
        values[0].I32 = 150000 + Functions - 1;
        instance.Invoke(module.Exports[0], values);
        Assert.Equal(Functions - 1, values[0].I32);
    }

    [Theory]
    [InlineData("(i32.eqz (i32.rotr (global.get $i) (i32.const 74)))")]
    [InlineData("(i32.eqz (i32.rotl (global.get $i) (i32.const 5)))")]
    [InlineData("(i32.eqz (i32.rotl (global.get $i) (local.get $count)))")]
    [InlineData("(i32.eqz (i32.add (i32.rotl (global.get $i) (i32.const 5)) (i32.const 0)))")]
    [InlineData("(i64.eqz (i64.rotl (global.get $l) (i64.const 7)))")]
    [InlineData("(i64.eq (i64.rotr (global.get $l) (i64.const 7)) (i64.const 0))")]
    [InlineData("(local.set $count (i32.rotl (global.get $i) (i32.const 5))) (i32.eqz (local.get $count))")]
    [InlineData("(if (result i32) (i32.rotr (global.get $i) (i32.const 3)) (then (i32.const 0)) (else (i32.const 1)))")]
    [InlineData("(block (result i32) (i32.const 0) (br_if 0 (i32.rotr (global.get $i) (i32.const 3))) drop (i32.const 1))")]
    [InlineData("(select (i32.const 0) (i32.const 1) (i32.rotr (global.get $i) (i32.const 3)))")]
    public void ARotatedZeroIsZero(string expression)
    {
        using IWasmModule module = Compile(
            $$"""
            (module
              (global $i (mut i32) (i32.const 0)) (global $l (mut i64) (i64.const 0))
              (func (export "run") (param i32) (result i32) (local $count i32)
                (local.set $count (i32.const 9))
                (global.set $i (local.get 0)) (global.set $l (i64.extend_i32_u (local.get 0)))
                {{expression}}))
            """);
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, default);
        foreach (int value in (int[])[0, 1, -1, 0x80])
            Assert.Equal(value == 0 ? 1 : 0, Grow(instance, module, value));
    }

    [Fact]
    public void PassesReferencesToHostObjects()
    {
        using IWasmModule module = Compile(
            """
            (module
              (import "env" "next" (func $next (param externref) (result externref)))
              (table 4 externref)
              (func (export "run") (param externref) (result externref)
                (table.set 0 (i32.const 2) (local.get 0))
                (call $next (table.get 0 (i32.const 2)))))
            """);
        using IWasmInstance instance = module.Link(_ => (_, values) => values[0].Reference += 1).Instantiate(null, default);
        WasmValue[] values = new WasmValue[1];
        for (int i = 1; i <= 1000; i++)
        {
            values[0].Reference = i;
            instance.Invoke(module.Exports[0], values);
            Assert.Equal(i + 1, values[0].Reference);
        }
    }

    [Fact]
    public void TooFewSlotsAreRefused()
    {
        using IWasmModule module = Compile("""(module (func (export "run") (result i32 i32) i32.const 1 i32.const 2))""");
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, default);
        Assert.Throws<ArgumentException>(() => instance.Invoke(module.Exports[0], new WasmValue[1]));
    }

    [Fact]
    public void InstancesAreApart()
    {
        using IWasmModule module = Compile(
            """
            (module
              (memory (export "memory") 1)
              (global $g (mut i32) (i32.const 0))
              (data (i32.const 8) "abc")
              (func (export "run") (result i32)
                (i32.store8 (i32.const 8) (i32.const 90))
                (global.set $g (i32.add (global.get $g) (i32.const 1)))
                (global.get $g)))
            """);
        IWasmTemplate template = module.Link(_ => null);
        for (int i = 0; i < 20; i++)
        {
            using IWasmInstance instance = template.Instantiate(i, default);
            Assert.Equal(i, instance.State);
            Assert.Equal("abc"u8.ToArray(), instance.Memory.Slice(8, 3).ToArray());
            Assert.Equal(0, instance.Memory[60000]);
            instance.Memory[60000] = 1;
            WasmValue[] values = new WasmValue[1];
            instance.Invoke(module.Exports.First(export => export.Name == "run"), values);
            Assert.Equal(1, values[0].I32);
            Assert.Equal((byte)'Z', instance.Memory[8]);
        }
    }

    [Fact]
    public void HostFunctionSeesMemoryAndState()
    {
        using IWasmModule module = Compile(
            """
            (module
              (import "env" "write" (func $write (param i32 i32)))
              (memory (export "memory") 1)
              (data (i32.const 100) "hello")
              (func (export "run") (call $write (i32.const 100) (i32.const 5))))
            """);
        object state = new();
        string text = "";
        using IWasmInstance instance = module.Link(_ => (caller, values) =>
        {
            Assert.Same(state, caller.State);
            text = System.Text.Encoding.ASCII.GetString(caller.Memory.Slice(values[0].I32, values[1].I32));
        }).Instantiate(state, default);
        instance.Invoke(Run(module), []);
        Assert.Equal("hello", text);
    }

    [Fact]
    public void StartFunctionRunsAndMayCallTheHost()
    {
        using IWasmModule module = Compile(
            """
            (module
              (import "env" "f" (func $f))
              (memory (export "memory") 1)
              (data (i32.const 0) "x")
              (start $f))
            """);
        int memory = 0;
        using IWasmInstance instance = module.Link(_ => (caller, _) => memory = caller.Memory[0]).Instantiate(null, default);
        Assert.Equal('x', memory);
    }

    [Theory]
    [InlineData("unreachable", nameof(WasmTrapKind.Unreachable))]
    [InlineData("(drop (i32.load (i32.const -1)))", nameof(WasmTrapKind.MemoryOutOfBounds))]
    [InlineData("(drop (i32.load (i32.const 65533)))", nameof(WasmTrapKind.MemoryOutOfBounds))]
    [InlineData("(i64.store offset=4294967295 (i32.const -1) (i64.const 0))", nameof(WasmTrapKind.MemoryOutOfBounds))]
    [InlineData("(memory.fill (i32.const 65535) (i32.const 0) (i32.const 2))", nameof(WasmTrapKind.MemoryOutOfBounds))]
    [InlineData("(drop (table.get $t (i32.const 3)))", nameof(WasmTrapKind.TableOutOfBounds))]
    [InlineData("(call_indirect $t (type $v) (i32.const 3))", nameof(WasmTrapKind.TableOutOfBounds))]
    [InlineData("(call_indirect $t (type $v) (i32.const 1))", nameof(WasmTrapKind.UninitializedElement))]
    [InlineData("(call_indirect $t (type $v) (i32.const 0))", nameof(WasmTrapKind.IndirectCallTypeMismatch))]
    [InlineData("(drop (i32.div_u (i32.const 1) (i32.const 0)))", nameof(WasmTrapKind.IntegerDivideByZero))]
    [InlineData("(drop (i64.rem_s (i64.const 1) (i64.const 0)))", nameof(WasmTrapKind.IntegerDivideByZero))]
    [InlineData("(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))", nameof(WasmTrapKind.IntegerOverflow))]
    [InlineData("(drop (i32.trunc_f64_s (f64.const 1e300)))", nameof(WasmTrapKind.IntegerOverflow))]
    [InlineData("(drop (i32.trunc_f32_u (f32.const nan)))", nameof(WasmTrapKind.InvalidConversionToInteger))]
    [InlineData("(call $deep)", nameof(WasmTrapKind.StackOverflow))]
    public void TrapsHaveTheirKind(string body, string kind)
    {
        using IWasmModule module = Compile(
            $$"""
            (module
              (type $v (func))
              (memory (export "memory") 1)
              (table $t 3 funcref)
              (elem (i32.const 0) $typed)
              (func $typed (param i32))
              (func $deep (call $deep))
              (func (export "run") {{body}}))
            """);
        IWasmTemplate template = module.Link(_ => null);
        using IWasmInstance instance = template.Instantiate(null, default);
        for (int i = 0; i < 3; i++)
            Assert.Equal(kind, Assert.Throws<WasmTrapException>(() => instance.Invoke(Run(module), [])).Kind.ToString());
    }

    [Fact]
    public void SegmentThatDoesNotFitIsATrap()
    {
        using IWasmModule module = Compile("""(module (memory 1) (data (i32.const 65535) "ab"))""");
        WasmTrapException trap = Assert.Throws<WasmTrapException>(() => module.Link(_ => null).Instantiate(null, default));
        Assert.Equal(WasmTrapKind.MemoryOutOfBounds, trap.Kind);
    }

    [Fact]
    public void HostExceptionsPassUnchanged()
    {
        using IWasmModule module = Compile(
            """
            (module
              (import "env" "throw" (func $throw (param i32)))
              (func $inner (param i32) (call $throw (local.get 0)) unreachable)
              (func (export "run") (param i32) (call $inner (local.get 0)) unreachable))
            """);
        IWasmTemplate template = module.Link(_ => (_, values) => throw new ProcessExitException(WaitStatus.ForExit(values[0].I32)));
        using IWasmInstance instance = template.Instantiate(null, default);
        for (int status = 0; status < 100; status++)
        {
            WasmValue[] values = new WasmValue[1];
            values[0].I32 = status;
            ProcessExitException exit = Assert.Throws<ProcessExitException>(() => instance.Invoke(module.Exports[0], values));
            Assert.Equal(WaitStatus.ForExit(status), exit.Status);
        }
    }

    [Fact]
    public void StartFunctionsExceptionPassesUnchanged()
    {
        using IWasmModule module = Compile("""(module (import "env" "f" (func $f)) (start $f))""");
        IWasmTemplate template = module.Link(_ => (_, _) => throw new ProcessExitException(WaitStatus.ForExit(7)));
        Assert.Equal(WaitStatus.ForExit(7), Assert.Throws<ProcessExitException>(() => template.Instantiate(null, default)).Status);
    }

    [Fact]
    public void HostMayCallBackIntoTheGuest()
    {
        using IWasmModule module = Compile(
            """
            (module
              (import "env" "raise" (func $raise (param i32) (result i32)))
              (func (export "handler") (param i32) (result i32)
                (if (result i32) (local.get 0)
                  (then (i32.add (local.get 0) (call $raise (i32.sub (local.get 0) (i32.const 1)))))
                  (else (i32.const 0))))
              (func (export "run") (param i32) (result i32) (call $raise (local.get 0))))
            """);
        WasmExport handler = module.Exports.First(export => export.Name == "handler");
        using IWasmInstance instance = module.Link(_ => (caller, values) => caller.Invoke(handler, values)).Instantiate(null, default);
        WasmValue[] values = new WasmValue[1];
        values[0].I32 = 100;
        instance.Invoke(Run(module), values);
        Assert.Equal(5050, values[0].I32);
    }

    [Fact]
    public void EndlessRecursionThroughTheHostTraps()
    {
        using IWasmModule module = Compile(
            """
            (module
              (import "env" "again" (func $again))
              (func (export "run") (call $again)))
            """);
        WasmExport run = Run(module);
        using IWasmInstance instance = module.Link(_ => (caller, _) => caller.Invoke(run, [])).Instantiate(null, default);
        Assert.Equal(WasmTrapKind.StackOverflow, Assert.Throws<WasmTrapException>(() => instance.Invoke(run, [])).Kind);
    }

    [Fact]
    public void TrapInACallFromTheHostIsTheHostsToHandle()
    {
        using IWasmModule module = Compile(
            """
            (module
              (import "env" "attempt" (func $attempt (result i32)))
              (func (export "bad") unreachable)
              (func (export "run") (result i32) (call $attempt)))
            """);
        WasmExport bad = module.Exports.First(export => export.Name == "bad");
        using IWasmInstance instance = module.Link(_ => (caller, values) =>
        {
            values[0].I32 = (int)Assert.Throws<WasmTrapException>(() => caller.Invoke(bad, [])).Kind + 100;
        }).Instantiate(null, default);
        WasmValue[] values = new WasmValue[1];
        instance.Invoke(Run(module), values);
        Assert.Equal((int)WasmTrapKind.Unreachable + 100, values[0].I32);
    }

    private protected static WasmExport Run(IWasmModule module) => module.Exports.First(export => export.Name == "run");

    private protected IWasmModule Compile(string text)
    {
        Wabt.SkipIfAbsent();
        return Engine().Compile(Wabt.Assemble(text));
    }
}
