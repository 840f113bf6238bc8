using System.Diagnostics;
using System.Text.Json;

namespace PSSandbox.Benchmarks;

/// <summary>A program that runs all cases by itself and prints a JSON line for each; run once, then asked case by case.</summary>
internal sealed class LinesPeer(string name, ProcessStartInfo start) : IPeer
{
    private Dictionary<string, Measurement>? _measurements;

    public string Name => name;

    public Measurement? Measure(string caseName, string script, double seconds)
    {
        _measurements ??= RunAll();
        return _measurements.GetValueOrDefault(caseName);
    }

    private Dictionary<string, Measurement> RunAll()
    {
        var all = new Dictionary<string, Measurement>();
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (!line.StartsWith('{'))
                continue;
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement o = json.RootElement;
            if (o.TryGetProperty("peer", out JsonElement peer) && peer.GetString() != name)
                continue;
            string caseName = o.GetProperty("case").GetString()!;
            all[caseName] = new Measurement(name, caseName, o.GetProperty("minMs").GetDouble(), o.GetProperty("medianMs").GetDouble(),
                o.GetProperty("runs").GetInt32(), o.GetProperty("status").GetInt32(), o.GetProperty("stdout").GetString() ?? "", o.GetProperty("stderr").GetString() ?? "");
        }

        process.WaitForExit();
        return all;
    }
}
