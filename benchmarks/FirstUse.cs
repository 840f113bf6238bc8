using System.Diagnostics;
using System.Globalization;
using PSSandbox.Sandboxes;
using Spectre.Console;

namespace PSSandbox.Benchmarks;

/// <summary>
/// What the first WebAssembly program costs a process whose shell has run already, with its compiled code in the cache: the
/// engine, finding and loading the code, linking, running. Each measurement is a new process of this program.
/// </summary>
internal static class FirstUse
{
    /// <summary>The argument by which this program measures itself: then the engine and the script.</summary>
    public const string Measured = "--first-use-of";

    private const int Rounds = 20;

    private static readonly (string Name, string Command, string Script)[] Cases =
    [
        ("busybox true", "busybox", "busybox true"),
        ("python print(1)", "python3", "python3 -c 'print(1)'"),
    ];

    /// <summary>Prints a row for each case and engine: milliseconds, of the wall clock and of the processor.</summary>
    public static void Run(BenchArguments arguments)
    {
        var table = new Table().Border(TableBorder.Markdown);
        foreach (string column in (string[])["case", "engine", "engine made, ms", "program, ms", "together, median", "least", "processor, median", "least"])
            table.AddColumn(column);
        foreach ((string name, string command, string script) in Cases.Where(c => arguments.Wants(c.Name)))
        {
            foreach (string engine in SandboxRuntime.Engines.Where(arguments.WantsPeer))
            {
                using (Sandbox sandbox = Sandbox.Create(new SandboxOptions { Engine = engine }))
                {
                    // The cache is warm from here on.
                    if (sandbox.RunShell($"command -v {command} && {script}").ExitCode != 0)
                        continue;
                }

                var samples = new List<double[]>();
                for (int i = 0; i < Math.Max(arguments.Rounds, Rounds); i++)
                    samples.Add(MeasureInNewProcess(engine, script));
                double[] wall = Sorted(samples, s => s[0] + s[1]);
                double[] processor = Sorted(samples, s => s[2] + s[3]);
                string[] cells =
                [
                    name, engine, Text(Median(Sorted(samples, s => s[0]))), Text(Median(Sorted(samples, s => s[1]))),
                    Text(Median(wall)), Text(wall[0]), Text(Median(processor)), Text(processor[0]),
                ];
                table.AddRow(cells);
                Console.WriteLine(string.Join(' ', cells));
            }
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        console.Write(table);
    }

    /// <summary>In the new process: prints the milliseconds of the wall clock for the engine and the program, then the processor's.</summary>
    public static void Measure(string engine, string script)
    {
        // What shell, kernel and files need is there already.
        using (Sandbox sandbox = Sandbox.Create(new SandboxOptions { Engine = "managed" }))
            sandbox.RunShell("x=$(echo 1); read -r y < /etc/hostname; nosuch; echo $x | read -r y");
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long begin = Stopwatch.GetTimestamp();
        using Sandbox measured = Sandbox.Create(new SandboxOptions { Engine = engine });
        TimeSpan made = Stopwatch.GetElapsedTime(begin);
        TimeSpan processorMade = Environment.CpuUsage.TotalTime - processor;
        SandboxResult result = measured.RunShell(script);
        TimeSpan run = Stopwatch.GetElapsedTime(begin) - made;
        TimeSpan processorRun = Environment.CpuUsage.TotalTime - processor - processorMade;
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"'{script}' ended with {result.ExitCode}: {result.Stderr}");
        Console.WriteLine(string.Join(' ', ((TimeSpan[])[made, run, processorMade, processorRun]).Select(t => t.TotalMilliseconds.ToString(CultureInfo.InvariantCulture))));
    }

    private static double[] MeasureInNewProcess(string engine, string script)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [Measured, engine, script]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"the measured process ended with {process.ExitCode}");
        return [.. line.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
    }

    private static double[] Sorted(List<double[]> samples, Func<double[], double> value) => [.. samples.Select(value).Order()];

    private static double Median(double[] sorted) => sorted[sorted.Length / 2];

    private static string Text(double milliseconds) => milliseconds.ToString("0.00", CultureInfo.InvariantCulture);
}
