using System.Diagnostics;
using System.Globalization;
using PSSandbox.Sandboxes;

namespace PSSandbox.Benchmarks;

/// <summary>Creation, cold start, a long loop, memory.</summary>
internal static class Figures
{
    private const int Sandboxes = 1000;
    private const int IdleProcesses = 1000;
    private const int Pipelines = 8;

    public static IEnumerable<Figure> Measure(BenchData data)
    {
        yield return Create();
        yield return Loop();
        yield return MemoryPerSandbox();
        foreach (string engine in SandboxRuntime.Engines)
            yield return Scaling(data, engine);
        foreach (string engine in SandboxRuntime.Engines)
            yield return MemoryPerIdleProcess(engine);
        foreach (Figure spawn in SpawnFigures.Measure(data))
            yield return spawn;
        foreach (string engine in SandboxRuntime.Engines)
        {
            foreach (string script in (string[])["true", "busybox true", "cat /etc/passwd"])
            {
                if (ColdStart(engine, script) is { } start)
                    yield return start;
            }
        }
    }

    private static Figure Create()
    {
        for (int i = 0; i < 100; i++)
            Sandbox.Create().Dispose();
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < Sandboxes; i++)
            Sandbox.Create().Dispose();
        return new Figure("creating and disposing a sandbox", Stopwatch.GetElapsedTime(begin).TotalMilliseconds / Sandboxes, "ms");
    }

    private static Figure Loop()
    {
        using Sandbox sandbox = Sandbox.Create();
        const string script = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
        sandbox.RunShell(script);
        long begin = Stopwatch.GetTimestamp();
        sandbox.RunShell(script);
        return new Figure("100,000 iterations of a loop", Stopwatch.GetElapsedTime(begin).TotalMilliseconds, "ms");
    }

    private static Figure MemoryPerSandbox()
    {
        Sandbox.Create().Dispose();
        long before = GC.GetTotalMemory(true);
        var all = new Sandbox[Sandboxes];
        for (int i = 0; i < all.Length; i++)
            all[i] = Sandbox.Create();
        long after = GC.GetTotalMemory(true);
        foreach (Sandbox sandbox in all)
            sandbox.Dispose();
        return new Figure("memory of a sandbox", (after - before) / 1024.0 / Sandboxes, "KiB");
    }

    private static Figure MemoryPerIdleProcess(string engine)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Engine = engine, Limits = new SandboxLimits { Processes = 2 * IdleProcesses, MemoryBytes = 8L << 30 } });
        sandbox.RunShell("tail -f /dev/null & sleep 0.2; kill $!");
        long before = ResidentBytes();
        var all = new List<SandboxProcess>();
        for (int i = 0; i < IdleProcesses; i++)
            all.Add(sandbox.Start(["tail", "-f", "/dev/null"]));
        Thread.Sleep(2000);
        long after = ResidentBytes();
        foreach (SandboxProcess process in all)
            process.Dispose();
        return new Figure($"resident memory of an idle WebAssembly process, {engine}", (after - before) / 1024.0 / IdleProcesses, "KiB");
    }

    // How many times the work of one after the other gets done in the same time when all run at once.
    private static Figure Scaling(BenchData data, string engine)
    {
        const string script = "cat /tmp/data.txt /tmp/data.txt | sed 's/foo/bar/g' | sort | tail -1";
        Sandbox[] all = [.. Enumerable.Range(0, Pipelines).Select(_ => Sandbox.Create(new SandboxOptions { Engine = engine }))];
        foreach (Sandbox sandbox in all)
        {
            sandbox.WriteFile("/tmp/data.txt", data.Read("data.txt"));
            sandbox.RunShell(script);
        }

        double best = 0;
        for (int round = 0; round < 3; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            foreach (Sandbox sandbox in all)
                sandbox.RunShell(script);
            TimeSpan apart = Stopwatch.GetElapsedTime(begin);
            begin = Stopwatch.GetTimestamp();
            SandboxProcess[] running = [.. all.Select(sandbox => sandbox.StartShell(System.Text.Encoding.UTF8.GetBytes(script)))];
            foreach (SandboxProcess process in running)
            {
                process.Wait();
                process.Dispose();
            }

            best = Math.Max(best, apart / Stopwatch.GetElapsedTime(begin));
        }

        foreach (Sandbox sandbox in all)
            sandbox.Dispose();
        return new Figure($"eight pipelines of four stages at once, against one after the other, {engine}", best, "times as fast");
    }

    // What pages are shared with other mappings counts once, where the system tells that.
    private static long ResidentBytes()
    {
        GC.Collect();
        const string rollup = "/proc/self/smaps_rollup";
        if (File.Exists(rollup) && Array.Find(File.ReadAllLines(rollup), static line => line.StartsWith("Pss:", StringComparison.Ordinal)) is { } line)
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    // Once before, so that the cache of compiled code is warm.
    private static Figure? ColdStart(string engine, string script)
    {
        string program = Path.GetFullPath("out/bin/pssandbox");
        if (!File.Exists(program))
            return null;
        var times = new List<double>();
        for (int i = 0; i < 10; i++)
        {
            long t0 = Stopwatch.GetTimestamp();
            using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, ["run", "--engine", engine, script]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            times.Add(Stopwatch.GetElapsedTime(t0).TotalMilliseconds);
        }

        return new Figure($"cold start of pssandbox run '{script}', {engine}", times.Min(), "ms");
    }
}
