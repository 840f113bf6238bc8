using System.Runtime.CompilerServices;
using PSSandbox.Wasm;
using PSSandbox.Wasm.Caching;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Tests.Wasm.Wasmtime;

/// <summary>What is particular to the engine that runs native code.</summary>
public sealed class WasmtimeEngineTests
{
    private const string Trapping =
        """
        (module
          (import "env" "f" (func $f (param i32)))
          (memory (export "memory") 1)
          (func (export "run") (param i32) (call $f (local.get 0)) (drop (i32.load (i32.const -4)))))
        """;

    public static TheoryData<string> Versions => ["34.0.0", "48.0.0"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void VersionIsReadFromTheLibrary(string version) =>
        Assert.StartsWith(version[..2], WasmtimeLibraries.Engine(version).Version, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Versions))]
    public void NullReferenceInTheHostIsStillAnException(string version)
    {
        Wabt.SkipIfAbsent();
        using IWasmModule module = WasmtimeLibraries.Engine(version).Compile(Wabt.Assemble(Trapping));
        string? nothing = null;
        IWasmTemplate template = module.Link(_ => (_, values) =>
        {
            if (values[0].I32 == 1)
                Assert.Equal(0, LengthOf(nothing));
        });
        using IWasmInstance instance = template.Instantiate(null, default);
        WasmExport run = module.Exports[1];
        for (int i = 0; i < 50; i++)
        {
            // A hardware fault in the guest, one in the host after it, and one in the host below a guest.
            Assert.Throws<WasmTrapException>(() => instance.Invoke(run, new WasmValue[1]));
            Assert.Throws<NullReferenceException>(() => LengthOf(nothing));
            WasmValue[] values = new WasmValue[1];
            values[0].I32 = 1;
            Assert.Throws<NullReferenceException>(() => instance.Invoke(run, values));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void FaultsOnManyShortThreadsAreContained(string version)
    {
        Wabt.SkipIfAbsent();
        using IWasmModule module = WasmtimeLibraries.Engine(version).Compile(Wabt.Assemble(Trapping));
        IWasmTemplate template = module.Link(_ => (_, _) => { });
        WasmExport run = module.Exports[1];
        int traps = 0;
        for (int round = 0; round < 25; round++)
        {
            Thread[] threads = new Thread[8];
            for (int i = 0; i < threads.Length; i++)
            {
                threads[i] = new Thread(
                    () =>
                    {
                        using IWasmInstance instance = template.Instantiate(null, default);
                        try
                        {
                            instance.Invoke(run, new WasmValue[1]);
                        }
                        catch (WasmTrapException)
                        {
                            Interlocked.Increment(ref traps);
                        }

                        try
                        {
                            LengthOf(null);
                        }
                        catch (NullReferenceException)
                        {
                            Interlocked.Increment(ref traps);
                        }
                    },
                    16 << 20);
                threads[i].Start();
            }

            foreach (Thread thread in threads)
                thread.Join();
        }

        Assert.Equal(400, traps);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void DeepRecursionOnASmallThreadTraps(string version)
    {
        Wabt.SkipIfAbsent();
        using IWasmModule module = WasmtimeLibraries.Engine(version).Compile(Wabt.Assemble(
            """(module (func $f (export "run") (param i32) (call $f (local.get 0)) (call $f (local.get 0))))"""));
        using IWasmInstance instance = module.Link(_ => null).Instantiate(null, default);
        WasmTrapKind? kind = null;
        Thread thread = new(
            () => kind = Assert.Throws<WasmTrapException>(() => instance.Invoke(module.Exports[0], new WasmValue[1])).Kind,
            256 << 10);
        thread.Start();
        thread.Join();
        Assert.Equal(WasmTrapKind.StackOverflow, kind);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void FuelEndsAGuestAtTheSameInstruction(string version)
    {
        Wabt.SkipIfAbsent();
        using IWasmModule module = WasmtimeLibraries.Engine(version).Compile(Wabt.Assemble(
            """
            (module
              (memory (export "memory") 1)
              (func (export "run")
                (loop $l
                  (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
                  (br $l))))
            """));
        IWasmTemplate template = module.Link(_ => null);
        HashSet<int> counts = [];
        for (int i = 0; i < 3; i++)
        {
            using IWasmInstance instance = template.Instantiate(null, new WasmLimits { Fuel = 100_000 });
            WasmTrapException trap = Assert.Throws<WasmTrapException>(() => instance.Invoke(module.Exports[1], []));
            Assert.Equal(WasmTrapKind.OutOfFuel, trap.Kind);
            counts.Add(BitConverter.ToInt32(instance.Memory));
        }

        Assert.InRange(Assert.Single(counts), 1000, 100_000);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void MoreInstancesThanThePoolHolds(string version)
    {
        Wabt.SkipIfAbsent();
        WasmtimeOptions options = new() { LibraryPath = WasmtimeLibraries.Path(version), PoolSlots = 4 };
        Assert.True(WasmtimeEngine.TryCreate(options, out WasmtimeEngine? engine, out string? reason), reason);
        using (engine)
        {
            using IWasmModule module = engine!.Compile(Wabt.Assemble(Trapping));
            IWasmTemplate template = module.Link(_ => (_, _) => { });
            List<IWasmInstance> instances = [];
            for (int i = 0; i < 12; i++)
            {
                instances.Add(template.Instantiate(i, default));
                instances[^1].Memory[1000] = (byte)i;
            }

            for (int i = 0; i < instances.Count; i++)
                Assert.Equal((byte)i, instances[i].Memory[1000]);
            foreach (IWasmInstance instance in instances)
                instance.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void CompiledModulesAreTakenFromTheCache(string version)
    {
        Wabt.SkipIfAbsent();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("wasmtime-cache-");
        try
        {
            byte[] binary = Wabt.Assemble("""(module (func (export "run") (result i32) i32.const 42))""");
            string path = RunCached(version, folder.FullName, binary, null);
            DateTime stored = File.GetLastWriteTimeUtc(path);
            RunCached(version, folder.FullName, binary, path);
            Assert.Equal(stored, File.GetLastWriteTimeUtc(path));

            // A damaged one is compiled again.
            using (FileStream stream = File.OpenWrite(path))
            {
                stream.Position = stream.Length / 2;
                stream.Write(new byte[256]);
            }

            string again = RunCached(version, folder.FullName, binary, null);
            Assert.True(new CompiledCodeCache(folder.FullName).TryGet(Path.GetFileName(again).Split('.')[0], out _));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void VersionsDoNotTakeEachOthersCode()
    {
        Wabt.SkipIfAbsent();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("wasmtime-cache-");
        try
        {
            byte[] binary = Wabt.Assemble("""(module (func (export "run") (result i32) i32.const 42))""");
            foreach (string version in (string[])["34.0.0", "48.0.0", "34.0.0", "48.0.0"])
                RunCached(version, folder.FullName, binary, null);
            Assert.Equal(2, folder.GetFiles().Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void MissingLibraryIsExplained()
    {
        WasmtimeOptions options = new() { LibraryPath = Path.Combine(Path.GetTempPath(), "no-such-folder", "libwasmtime.so") };
        Assert.False(WasmtimeEngine.TryCreate(options, out WasmtimeEngine? engine, out string? reason));
        Assert.Null(engine);
        Assert.Contains("does not exist", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherLibraryIsExplained()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("needs a library of Linux");
        string other = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so").Single();
        Assert.False(WasmtimeEngine.TryCreate(new WasmtimeOptions { LibraryPath = other }, out _, out string? reason));
        Assert.Contains("lacks", reason, StringComparison.Ordinal);
    }

    private static string RunCached(string version, string folder, byte[] binary, string? expected)
    {
        WasmtimeOptions options = new() { LibraryPath = WasmtimeLibraries.Path(version), Cache = new CompiledCodeCache(folder), PoolSlots = 4 };
        Assert.True(WasmtimeEngine.TryCreate(options, out WasmtimeEngine? engine, out string? reason), reason);
        using (engine)
        {
            using IWasmModule module = engine!.Compile(binary);
            using IWasmInstance instance = module.Link(_ => null).Instantiate(null, default);
            WasmValue[] values = new WasmValue[1];
            instance.Invoke(module.Exports[0], values);
            Assert.Equal(42, values[0].I32);
        }

        string[] files = Directory.GetFiles(folder);
        string path = expected ?? files.OrderByDescending(File.GetLastWriteTimeUtc).First();
        Assert.Contains(path, files);
        return path;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOf(string? text) => text!.Length;
}
