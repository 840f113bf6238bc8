using System.Diagnostics;
using System.Text;
using System.Text.Json;
using PSSandbox.Sandboxes;
using Spectre.Console;

namespace PSSandbox.Benchmarks;

/// <summary>How long hostile scripts and programs go on after they were ended: by their host, by a signal, by the time limit.</summary>
internal static class Interruption
{
    private const int Moment = 400;
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
            using (Sandbox warm = Sandbox.Create(new SandboxOptions { Engine = engine }))
                warm.RunShell("echo | cat");
            foreach ((string name, string script) in scripts.Where(script => arguments.Wants(script.Key)))
                Measure(table, name, engine, way => Delay(engine, script, null, way));
            foreach ((string name, byte[] binary) in HostileModules.All().Where(module => arguments.Wants(module.Name)))
                Measure(table, name, engine, way => Delay(engine, "/tmp/program < /dev/zero > /dev/null", binary, way));
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        console.Write(table);
    }

    private static void Measure(Table table, string name, string engine, Func<Way, string> delay)
    {
        string[] cells = [name, engine, delay(Way.Cancel), delay(Way.Signal), delay(Way.TimeLimit)];
        table.AddRow(cells);
        Console.WriteLine(JsonSerializer.Serialize(cells));
    }

    // From the order to end until everything in the sandbox has.
    private static string Delay(string engine, string script, byte[]? program, Way way)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Engine = engine, Limits = Limits });
        if (program is not null)
            sandbox.WriteFile("/tmp/program", program, Executable);
        using SandboxProcess process = sandbox.StartShell(
            Encoding.UTF8.GetBytes(script),
            new SandboxRunOptions { Timeout = way == Way.TimeLimit ? TimeSpan.FromMilliseconds(Moment) : TimeSpan.Zero });
        long begin = Stopwatch.GetTimestamp();
        if (process.Wait(TimeSpan.FromMilliseconds(Moment)) is { TimedOut: false } result)
            return $"ended with {result.ExitCode} {result.Stderr.Trim()}".TrimEnd();
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

        double delay = Stopwatch.GetElapsedTime(begin).TotalMilliseconds - (way == Way.TimeLimit ? Moment : 0);
        return ended ? $"{delay:0.0}" : "did not end";
    }
}
