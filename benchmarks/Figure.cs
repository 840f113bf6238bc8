using System.Text.Json;

namespace PSSandbox.Benchmarks;

/// <summary>A figure of its own, beside the cases.</summary>
internal sealed record Figure(string Name, double Value, string Unit)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public string ToJson() => JsonSerializer.Serialize(this, Options);
}
