using PSSandbox.Benchmarks;

// Program.cs [--seconds S] [--case NAME]... [--peer NAME]... [--figures]: JSON lines on standard output, then one table.
BenchArguments arguments = BenchArguments.Parse(args);
using var data = new BenchData();
var measurements = new List<Measurement>();
foreach (IPeer peer in Peers.Available(data, arguments))
{
    foreach ((string name, string script) in BenchData.Cases)
    {
        if (!arguments.Wants(name))
            continue;
        if (peer.Measure(name, script, arguments.Seconds) is not { } measurement)
            continue;
        measurements.Add(measurement);
        Console.WriteLine(measurement.ToJson());
    }
}

if (arguments.Figures)
{
    foreach (Figure figure in Figures.Measure(data))
        Console.WriteLine(figure.ToJson());
}

ComparisonTable.Write(measurements);
