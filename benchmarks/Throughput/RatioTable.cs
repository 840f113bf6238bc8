using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace PSSandbox.Benchmarks.Throughput;

/// <summary>A row for each thing that was measured: native and ours in milliseconds, and ours as a multiple of native.</summary>
internal sealed class RatioTable(string kind, string native, string[] engines)
{
    private readonly List<(string Name, double Native, double[] Ours)> _rows = [];

    /// <summary>Adds a row, and prints it as a JSON line.</summary>
    public void Add(string name, double nativeMs, double[] oursMs)
    {
        _rows.Add((name, nativeMs, oursMs));
        for (int i = 0; i < engines.Length; i++)
            Console.WriteLine(JsonSerializer.Serialize(new { name, engine = engines[i], nativeMs, oursMs = oursMs[i], ratio = oursMs[i] / nativeMs }));
    }

    /// <summary>Prints the table, with the geometric mean and the worst of each engine below.</summary>
    public void Write()
    {
        if (_rows.Count == 0)
            return;
        var table = new Table().Border(TableBorder.Markdown);
        table.AddColumn(kind);
        foreach (string name in (string[])[native, .. engines, .. engines.Select(e => $"{e} / {native}")])
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach ((string name, double nativeMs, double[] ours) in _rows)
            table.AddRow([name, Text(nativeMs, "0.0"), .. ours.Select(o => Text(o, "0.0")), .. ours.Select(o => Text(o / nativeMs, "0.00"))]);
        string[] empty = ["", .. engines.Select(_ => "")];
        table.AddRow(["geometric mean", .. empty, .. engines.Select((_, i) => Text(Math.Exp(_rows.Average(r => Math.Log(r.Ours[i] / r.Native))), "0.00"))]);
        table.AddRow(["worst", .. empty, .. engines.Select((_, i) => Text(_rows.Max(r => r.Ours[i] / r.Native), "0.00"))]);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        console.Write(table);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
