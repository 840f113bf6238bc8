using System.Text;
using System.Text.Json;

namespace PSSandbox.Benchmarks;

/// <summary>The scripts, and a host folder with the three files that they read.</summary>
internal sealed class BenchData : IDisposable
{
    public BenchData()
    {
        Directory.CreateDirectory(Path.Combine(Root, "tmp"));
        var random = new Random(1);
        var text = new StringBuilder();
        for (int i = 0; i < 50_000; i++)
            text.Append($"{random.Next(1_000_000)} {i} foo{i % 97}foo line\n");
        Write("data.txt", text.ToString());
        text.Clear();
        for (int i = 0; i < 1000; i++)
            text.Append($"a{i} {i} rest of line {i}\n");
        Write("lines.txt", text.ToString());
        Write("small.txt", "small file\n");
    }

    /// <summary>Name and script of each case.</summary>
    public static IReadOnlyDictionary<string, string> Cases { get; } = JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cases.json")))!;

    /// <summary>The names of the files in /tmp.</summary>
    public static IReadOnlyList<string> Files { get; } = ["data.txt", "lines.txt", "small.txt"];

    /// <summary>A folder whose tmp/ holds the files.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("pssandbox-bench-").FullName;

    public byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Root, "tmp", name));

    public void Dispose() => Directory.Delete(Root, true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Root, "tmp", name), text);
}
