using System.Globalization;
using Spectre.Console;

namespace PSSandbox.Benchmarks;

/// <summary>One table: a row a case, least milliseconds a peer, and how many times faster we are.</summary>
internal static class ComparisonTable
{
    public static void Write(List<Measurement> measurements)
    {
        string[] peers = [.. measurements.Select(m => m.Peer).Distinct()];
        string[] cases = [.. measurements.Select(m => m.Case).Distinct()];
        string[] ours = [.. peers.Where(p => p.StartsWith("pssandbox", StringComparison.Ordinal))];
        string[] theirs = [.. peers.Except(ours)];
        var table = new Table().Border(TableBorder.Markdown);
        table.AddColumn("case");
        foreach (string peer in peers)
            table.AddColumn(new TableColumn(peer).RightAligned());
        foreach (string us in ours)
        {
            foreach (string peer in theirs)
                table.AddColumn(new TableColumn($"{peer} / {us[10..]}").RightAligned());
        }

        foreach (string name in cases)
        {
            var row = new List<string> { name };
            row.AddRange(peers.Select(p => Text(Find(measurements, p, name)?.MinMs)));
            foreach (string us in ours)
                row.AddRange(theirs.Select(p => Text(Find(measurements, p, name)?.MinMs / Find(measurements, us, name)?.MinMs)));
            table.AddRow([.. row]);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        console.Write(table);
    }

    private static Measurement? Find(List<Measurement> all, string peer, string name) => all.Find(m => m.Peer == peer && m.Case == name);

    private static string Text(double? value) => value switch
    {
        null => "",
        >= 100 => value.Value.ToString("0", CultureInfo.InvariantCulture),
        >= 1 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}
