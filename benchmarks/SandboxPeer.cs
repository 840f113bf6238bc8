using System.Diagnostics;
using PSSandbox.Sandboxes;

namespace PSSandbox.Benchmarks;

/// <summary>This product: in process, warm, one sandbox for all runs of a case.</summary>
internal sealed class SandboxPeer(string engine, BenchData data) : IPeer
{
    private const int WarmUps = 20;

    public string Name => $"pssandbox-{engine}";

    public Measurement? Measure(string name, string script, double seconds)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Engine = engine });
        foreach (string file in BenchData.Files)
            sandbox.WriteFile($"/tmp/{file}", data.Read(file));
        var times = new List<double>();
        SandboxResult result = sandbox.RunShell(script);
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < WarmUps && Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds; i++)
            sandbox.RunShell(script);
        begin = Stopwatch.GetTimestamp();
        while (times.Count < 3 || times.Count < 2000 && Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds)
        {
            long t0 = Stopwatch.GetTimestamp();
            result = sandbox.RunShell(script);
            times.Add(Stopwatch.GetElapsedTime(t0).TotalMilliseconds);
        }

        return Measurement.Of(Name, name, times, result.ExitCode, result.Stdout, result.Stderr);
    }
}
