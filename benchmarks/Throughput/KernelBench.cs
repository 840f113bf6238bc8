using System.ComponentModel;
using System.Diagnostics;
using PSSandbox.Sandboxes;

namespace PSSandbox.Benchmarks.Throughput;

/// <summary>
/// The compute kernel (kernel.c) compiled by the machine's clang with -O2 and with -O3, native and for WASI (with 128-bit vectors,
/// which native code has too), and run on each engine: least processor time of the rounds. The number that it prints must be the
/// same.
/// </summary>
internal sealed class KernelBench(BenchArguments arguments) : IDisposable
{
    private const string Command = "/tmp/kernel 8000";
    private static readonly string[] Compilers = ["clang-16", "clang"];
    private static readonly string[] Levels = ["-O2", "-O3"];
    private readonly string _root = Directory.CreateTempSubdirectory("pssandbox-kernel-").FullName;

    /// <summary>Measures and prints; false if a result differs.</summary>
    public bool Run()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "kernel.c");
        string native = Path.Combine(_root, "kernel");
        string module = Path.Combine(_root, "kernel.wasm");
        string[] engines = [.. SandboxRuntime.Engines.Where(e => arguments.WantsPeer($"pssandbox-{e}"))];
        var table = new RatioTable("compute kernel", "native", engines);
        bool same = true;
        foreach (string level in Levels)
        {
            string? compiler = Compilers.FirstOrDefault(c => Start(c, [level, source, "-o", native]) is not null
                && Start(c, ["--target=wasm32-wasi", "-msimd128", level, source, "-o", module]) is not null);
            if (compiler is null)
            {
                Console.Error.WriteLine("The compute kernel was skipped: it needs clang, lld, wasi-libc and clang's runtime library for wasm32.");
                return true;
            }

            same &= Measure($"kernel.c {level}", native, File.ReadAllBytes(module), engines, table);
        }

        table.Write();
        return same;
    }

    public void Dispose() => Directory.Delete(_root, true);

    /// <summary>Runs a program; null if it is not there or fails, else what it printed.</summary>
    private static string? Start(string program, string[] programArguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, programArguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return output;
            Console.Error.WriteLine(errors.Result);
        }
        catch (Win32Exception)
        {
            // not on this machine
        }

        return null;
    }

    private bool Measure(string name, string native, byte[] module, string[] engines, RatioTable table)
    {
        Sandbox[] sandboxes = [.. engines.Select(e => Sandbox.Create(new SandboxOptions { Engine = e }))];
        double nativeMs = double.MaxValue;
        double[] ours = [.. engines.Select(_ => double.MaxValue)];
        bool same = true;
        foreach (Sandbox sandbox in sandboxes)
            sandbox.WriteFile("/tmp/kernel", module, 0x1ed);
        for (int round = 0; round < arguments.Rounds; round++)
        {
            double begin = ProcessorTime.OfChildren();
            string? expected = Start(native, Command.Split(' ')[1..]);
            nativeMs = Math.Min(nativeMs, ProcessorTime.OfChildren() - begin);
            for (int i = 0; i < sandboxes.Length; i++)
            {
                begin = ProcessorTime.OfThisProcess();
                SandboxResult result = sandboxes[i].RunShell(Command);
                ours[i] = Math.Min(ours[i], ProcessorTime.OfThisProcess() - begin);
                if (result.Stdout == expected)
                    continue;
                same = false;
                Console.Error.WriteLine($"{engines[i]} printed {result.Stdout}{result.Stderr} instead of {expected}");
            }
        }

        foreach (Sandbox sandbox in sandboxes)
            sandbox.Dispose();
        table.Add(name, nativeMs, ours);
        return same;
    }
}
