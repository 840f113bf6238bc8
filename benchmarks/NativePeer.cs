using System.Diagnostics;

namespace PSSandbox.Benchmarks;

/// <summary>A shell of the machine, a new process a run, over the folder with the data in place of /tmp.</summary>
internal sealed class NativePeer(string name, string program, string[] prefix, BenchData data) : IPeer
{
    public string Name => name;

    public Measurement? Measure(string caseName, string script, double seconds)
    {
        string text = script.Replace("/tmp", Path.Combine(data.Root, "tmp"), StringComparison.Ordinal);
        var times = new List<double>();
        int status = 0;
        string stdout = "", stderr = "";
        long begin = Stopwatch.GetTimestamp();
        while (times.Count < 3 || times.Count < 15 && Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds)
        {
            var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in prefix)
                start.ArgumentList.Add(argument);
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(text);
            long t0 = Stopwatch.GetTimestamp();
            using Process process = Process.Start(start)!;
            stdout = process.StandardOutput.ReadToEnd();
            stderr = process.StandardError.ReadToEnd();
            process.WaitForExit();
            times.Add(Stopwatch.GetElapsedTime(t0).TotalMilliseconds);
            status = process.ExitCode;
        }

        return Measurement.Of(name, caseName, times, status, stdout, stderr);
    }
}
