using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PSSandbox.Sandboxes;
using Spectre.Console;

namespace PSSandbox.Benchmarks;

/// <summary>How long hostile scripts and programs go on after they were ended: by their host, by a signal, by the time limit.</summary>
internal static class Interruption
{
    private const int Bound = 50;
    private const int Kill = 9;
    private const int Executable = 0x1ed;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly SandboxLimits Limits = new() { MemoryBytes = 4L << 30, Processes = 200 };

    private enum Way
    {
        Cancel,
        Signal,
        TimeLimit,
    }

    /// <summary>Prints a row for each case and engine.</summary>
    public static void Run(BenchArguments arguments)
    {
        var table = new Table().Border(TableBorder.Markdown);
        foreach (string column in (string[])["case", "engine", "canceled, ms", "killed, ms", "time limit, ms"])
            table.AddColumn(column);
        Dictionary<string, string> scripts = JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hostile.json")))!;
        foreach (string engine in SandboxRuntime.Engines.Where(arguments.WantsPeer))
        {
            List<double> delays = [];
            using (Sandbox warm = Sandbox.Create(new SandboxOptions { Engine = engine }))
                warm.RunShell("echo | cat");
            foreach ((string name, string script) in scripts.Where(script => arguments.Wants(script.Key)))
                Measure(table, delays, name, engine, way => Delay(engine, script, null, way, arguments.After));
            foreach ((string name, byte[] binary) in HostileModules.All().Where(module => arguments.Wants(module.Name)))
                Measure(table, delays, name, engine, way => Delay(engine, "/tmp/program < /dev/zero > /dev/null", binary, way, arguments.After));
            Summarize(engine, delays);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        console.Write(table);
    }

    private static void Measure(Table table, List<double> delays, string name, string engine, Func<Way, (double Delay, string? Problem)> delay)
    {
        List<string> cells = [name, engine];
        foreach (Way way in Enum.GetValues<Way>())
        {
            TimeSpan paused = GC.GetTotalPauseDuration();
            (double milliseconds, string? problem) = delay(way);
            paused = GC.GetTotalPauseDuration() - paused;
            cells.Add(problem ?? milliseconds.ToString("0.0", CultureInfo.InvariantCulture));
            if (milliseconds > Bound)
                Console.WriteLine($"# {name}: all collections of garbage in this run took {paused.TotalMilliseconds:0} ms");
            if (problem is null)
                delays.Add(milliseconds);
        }

        table.AddRow([.. cells.Select(static cell => new Text(cell))]);
        Console.WriteLine(JsonSerializer.Serialize(cells));
    }

    private static void Summarize(string engine, List<double> delays)
    {
        if (delays.Count == 0)
            return;
        delays.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{engine}: {delays.Count} ends, half within {delays[delays.Count / 2]:0.0} ms, nine tenths within "
            + $"{delays[delays.Count * 9 / 10]:0.0} ms, the worst {delays[^1]:0.0} ms, {delays.Count(static delay => delay > Bound)} above {Bound} ms"));
    }

    // From the order to end until everything in the sandbox has.
    private static (double Delay, string? Problem) Delay(string engine, string script, byte[]? program, Way way, TimeSpan after)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Engine = engine, Limits = Limits });
        if (program is not null)
            sandbox.WriteFile("/tmp/program", program, Executable);
        using SandboxProcess process = sandbox.StartShell(
            Encoding.UTF8.GetBytes(script),
            new SandboxRunOptions { Timeout = way == Way.TimeLimit ? after : TimeSpan.Zero });
        long begin = Stopwatch.GetTimestamp();
        if (process.Wait(after) is { TimedOut: false } result)
            return (0, $"ended with {result.ExitCode} {result.Stderr.Trim()}".TrimEnd());
        if (way == Way.Signal)
        {
            begin = Stopwatch.GetTimestamp();
            process.Signal(Kill);
        }
        else if (way == Way.Cancel)
        {
            begin = Stopwatch.GetTimestamp();
            process.Kill();
        }

        bool ended = process.Wait(Patience) is not null;

        // Children of what a signal has killed live on, as they do elsewhere.
        while (ended && way != Way.Signal && sandbox.GetProcesses().Count > 0)
        {
            ended = Stopwatch.GetElapsedTime(begin) < Patience;
            Thread.Sleep(1);
        }

        double delay = Stopwatch.GetElapsedTime(begin).TotalMilliseconds - (way == Way.TimeLimit ? after.TotalMilliseconds : 0);
        return (delay, ended ? null : "did not end");
    }
}
