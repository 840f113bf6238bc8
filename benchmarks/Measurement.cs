using System.Text.Json;

namespace PSSandbox.Benchmarks;

/// <summary>One peer on one case; times in milliseconds.</summary>
internal sealed record Measurement(string Peer, string Case, double MinMs, double MedianMs, int Runs, int Status, string Stdout, string Stderr)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Measurement Of(string peer, string name, List<double> times, int status, string stdout, string stderr)
    {
        times.Sort();
        return new Measurement(peer, name, times[0], times[times.Count / 2], times.Count, status, Head(stdout), Head(stderr));
    }

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    private static string Head(string text) => text.Length > 60 ? text[..60] : text;
}
