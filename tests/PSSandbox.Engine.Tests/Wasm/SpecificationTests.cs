using System.Text.RegularExpressions;
using PSSandbox.Tests.Wasm.Wasmtime;
using PSSandbox.Wasm.Wasmtime;

namespace PSSandbox.Tests.Wasm;

/// <summary>The core test suite of the WebAssembly specification, where it is beside the checkout and wabt is installed.</summary>
public sealed partial class SpecificationTests
{
    private const string SpectestText =
        """
        (module
          (global (export "global_i32") i32 (i32.const 666))
          (global (export "global_i64") i64 (i64.const 666))
          (global (export "global_f32") f32 (f32.const 666.6))
          (global (export "global_f64") f64 (f64.const 666.6))
          (table (export "table") 10 20 funcref)
          (memory (export "memory") 1 2)
          (func (export "print"))
          (func (export "print_i32") (param i32))
          (func (export "print_i64") (param i64))
          (func (export "print_f32") (param f32))
          (func (export "print_f64") (param f64))
          (func (export "print_i32_f32") (param i32 f32))
          (func (export "print_f64_f64") (param f64 f64)))
        """;

    private static readonly Lock ConversionLock = new();
    private static byte[]? _spectest;

    public static TheoryData<string> Scripts()
    {
        TheoryData<string> data = [];
        string? folder = FindSuite();
        if (folder is null)
        {
            data.Add("");
            return data;
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*.wast").Order(StringComparer.Ordinal))
            data.Add(Path.GetFileNameWithoutExtension(file));
        return data;
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void EveryAssertionHolds(string script) => Run(script, static () => new ManagedSpecificationTarget());

    [Theory]
    [MemberData(nameof(Scripts))]
    public void EveryAssertionHoldsOnWasmtime34(string script) => RunOnWasmtime("34.0.0", script);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void EveryAssertionHoldsOnWasmtime48(string script) => RunOnWasmtime("48.0.0", script);

    private static void RunOnWasmtime(string version, string script)
    {
        WasmtimeEngine engine = WasmtimeLibraries.Engine(version);
        _ = Suite();    // skips here: thrown on the thread below, it would end the whole run

        // On a stack that is deep enough for what the engine lets a guest use.
        Exception? failure = null;
        Thread thread = new(
            () => failure = Record.Exception(() => Run(script, () => new WasmtimeSpecificationTarget(engine))),
            engine.Options.MaxStackBytes + (4 << 20));
        thread.Start();
        thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>The folder of the suite; skips the test without it or without the tools.</summary>
    private static string Suite()
    {
        string? suite = FindSuite();
        Assert.SkipWhen(suite is null, "needs the specification's test suite: shared/wasm-testsuite beside the checkout, or PSSANDBOX_SHARED");
        Wabt.SkipIfAbsent();
        return suite!;
    }

    private static void Run(string script, Func<SpecificationTarget> target)
    {
        string suite = Suite();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pssandbox-spec-");
        try
        {
            string json = Path.Combine(folder.FullName, "script.json");
            string source = Path.Combine(folder.FullName, script + ".wast");
            File.WriteAllText(source, OmittedTableIndex().Replace(File.ReadAllText(Path.Combine(suite, script + ".wast")), "$1 0"));
            Wabt.Run("wast2json", source, "-o", json);
            using SpecificationScript run = new(target(), folder.FullName, Spectest());
            run.Run(json);
            Assert.True(
                run.Failures.Count == 0,
                $"{run.Failures.Count} of {run.Failures.Count + run.Passed} failed:\n{string.Join('\n', run.Failures.Take(40))}");
            Assert.True(run.Passed > 0, "the script has no assertions");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Older versions of wabt want the index of the table, which may be left out.
    [GeneratedRegex(@"\b(table\.(?:get|set|size|grow|fill))(?=\s*[()])")]
    private static partial Regex OmittedTableIndex();

    private static byte[] Spectest()
    {
        lock (ConversionLock)
            return _spectest ??= Wabt.Assemble(SpectestText);
    }

    private static string? FindSuite()
    {
        if (Environment.GetEnvironmentVariable("PSSANDBOX_SHARED") is { Length: > 0 } shared)
            return Existing(shared);
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared")) is { } found)
                return found;
        }

        return null;
    }

    private static string? Existing(string shared)
    {
        string suite = Path.Combine(shared, "wasm-testsuite");
        return Directory.Exists(suite) ? suite : null;
    }
}
