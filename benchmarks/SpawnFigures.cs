using System.Diagnostics;
using PSSandbox.Sandboxes;

namespace PSSandbox.Benchmarks;

/// <summary>
/// The whole life of a short command, begun and waited for by a shell: fork and exec of the machine's BusyBox by the
/// machine's sh, and BusyBox as WebAssembly by ours. The loop around it is part of both.
/// </summary>
internal static class SpawnFigures
{
    private const int Commands = 300;
    private const int Rounds = 15;
    private const int WarmUps = 10;

    private static readonly (string Name, string Command)[] Cases = [("true", "busybox true"), ("cat", "busybox cat /tmp/small.txt >/dev/null")];

    public static IEnumerable<Figure> Measure(BenchData data)
    {
        foreach ((string name, string command) in Cases)
        {
            double? native = Native(command.Replace("/tmp", Path.Combine(data.Root, "tmp"), StringComparison.Ordinal));
            if (native is { } microseconds)
                yield return new Figure($"fork and exec of the machine's busybox {name}", microseconds, "us");
            foreach (string engine in SandboxRuntime.Engines)
            {
                double ours = Ours(engine, command, data);
                yield return new Figure($"busybox {name} as WebAssembly, {engine}", ours, "us");
                if (native is { } other)
                    yield return new Figure($"how many times longer the machine's busybox {name} takes than on {engine}", other / ours, "x");
            }
        }
    }

    private static string Loop(string command) => $"i=0; while [ $i -lt {Commands} ]; do {command}; i=$((i+1)); done";

    private static double? Native(string command)
    {
        try
        {
            return Least(() =>
            {
                using Process shell = Process.Start("sh", ["-c", Loop(command)]);
                shell.WaitForExit();
                if (shell.ExitCode != 0)
                    throw new InvalidOperationException($"sh ended with {shell.ExitCode}");
            });
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Console.Error.WriteLine($"no native BusyBox to compare with: {e.Message}");
            return null;
        }
    }

    private static double Ours(string engine, string command, BenchData data)
    {
        using Sandbox sandbox = Sandbox.Create(new SandboxOptions { Engine = engine });
        sandbox.WriteFile("/tmp/small.txt", data.Read("small.txt"));
        for (int i = 0; i < WarmUps; i++)
            sandbox.RunShell(Loop(command));
        Thread.Sleep(500);
        return Least(() => sandbox.RunShell(Loop(command)));
    }

    private static double Least(Action run)
    {
        double least = double.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            run();
            least = Math.Min(least, Stopwatch.GetElapsedTime(begin).TotalMicroseconds / Commands);
        }

        return least;
    }
}
