using PSSandbox.Benchmarks;
using PSSandbox.Benchmarks.Throughput;

// Program.cs [--seconds S] [--case NAME]... [--peer NAME]... [--figures]: JSON lines on standard output, then one table.
// --applets [--megabytes N] [--rounds N] [--case NAME]... [--peer NAME]...: the applets' table instead;
// --kernel [--rounds N]: the compute kernel's. Both may be given.
// --fuzz DURATION [--seed N]: made-up modules on both engines. --interrupt [--case NAME]... [--peer ENGINE]...: how soon
// what is hostile ends. --first-use [--rounds N] [--case NAME]... [--peer ENGINE]...: the first program of a process.
if (args is [FirstUse.Measured, var engine, var program])
{
    FirstUse.Measure(engine, program);
    return 0;
}

BenchArguments arguments = BenchArguments.Parse(args);
if (arguments.Applets || arguments.Kernel)
{
    using var applets = new AppletBench(arguments);
    using var kernel = new KernelBench(arguments);
    bool same = !arguments.Applets || applets.Run();
    same &= !arguments.Kernel || kernel.Run();
    return same ? 0 : 1;
}

if (arguments.Fuzz is { } duration)
    return Fuzzing.Run(duration, arguments.Seed) ? 0 : 1;
if (arguments.Interrupt)
{
    Interruption.Run(arguments);
    return 0;
}

if (arguments.FirstUse)
{
    FirstUse.Run(arguments);
    return 0;
}

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
return 0;
