using System.Diagnostics;
using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Benchmarks.Throughput;

/// <summary>
/// Twenty applets over tens of megabytes, on the machine's BusyBox and on each engine in turns, output to /dev/null: least
/// processor time of the rounds. Before that each runs once into a checksum, which must be the same.
/// </summary>
internal sealed class AppletBench(BenchArguments arguments) : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pssandbox-applets-").FullName;

    /// <summary>Measures and prints; false if an output differs.</summary>
    public bool Run()
    {
        byte[] text = Text(arguments.Megabytes);
        Directory.CreateDirectory(Path.Combine(_root, "tmp"));
        File.WriteAllBytes(Path.Combine(_root, "tmp/text"), text);
        string[] engines = [.. SandboxRuntime.Engines.Where(e => arguments.WantsPeer($"pssandbox-{e}"))];
        var table = new RatioTable("applet", "busybox", engines);
        bool same = true;
        foreach (Applet applet in Applet.All)
        {
            if (arguments.Wants(applet.Name))
                same &= Measure(applet, text, engines, table);
        }

        table.Write();
        return same;
    }

    public void Dispose() => Directory.Delete(_root, true);

    /// <summary>Lines of numbers and words, some of them twice or more often in a row.</summary>
    private static byte[] Text(int megabytes)
    {
        var random = new Random(1);
        string[] words = ["alpha", "beta", "gamma", "delta", "epsilon", "omega"];
        var text = new StringBuilder();
        for (int i = 0; text.Length < megabytes << 20; i++)
        {
            string line = $"{random.Next(1_000_000)} {i} {words[random.Next(6)]}{random.Next(100)} the {words[random.Next(6)]} of {random.Next(5000)}\n";
            for (int j = random.Next(8) == 0 ? 3 : 1; j > 0; j--)
                text.Append(line);
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static double TimeSandbox(Sandbox sandbox, string script)
    {
        double begin = ProcessorTime.OfThisProcess();
        sandbox.RunShell(script);
        return ProcessorTime.OfThisProcess() - begin;
    }

    private bool Measure(Applet applet, byte[] text, string[] engines, RatioTable table)
    {
        string check = $"{applet.Command} | sha256sum";
        string measured = $"{applet.Command} > /dev/null";
        string expected = RunNative(check);
        Sandbox[] sandboxes = [.. engines.Select(e => Sandbox.Create(new SandboxOptions { Engine = e, Limits = new SandboxLimits { MemoryBytes = 1L << 30 } }))];
        bool same = true;
        double native = double.MaxValue;
        double[] ours = [.. engines.Select(_ => double.MaxValue)];
        for (int i = 0; i < sandboxes.Length; i++)
        {
            sandboxes[i].WriteFile("/tmp/text", text);
            SandboxResult result = sandboxes[i].RunShell(check);
            if (result.Stdout == expected)
                continue;
            same = false;
            Console.Error.WriteLine($"{applet.Name}: {engines[i]} printed something else than busybox: {result.Stdout}{result.Stderr}");
        }

        for (int round = 0; round < arguments.Rounds; round++)
        {
            double begin = ProcessorTime.OfChildren();
            RunNative(measured);
            native = Math.Min(native, ProcessorTime.OfChildren() - begin);
            for (int i = 0; i < sandboxes.Length; i++)
                ours[i] = Math.Min(ours[i], TimeSandbox(sandboxes[i], measured));
        }

        foreach (Sandbox sandbox in sandboxes)
            sandbox.Dispose();
        table.Add(applet.Name, native, ours);
        return same;
    }

    /// <summary>Runs a script in the machine's BusyBox, and gives what it printed.</summary>
    private string RunNative(string script)
    {
        string text = script.Replace("/tmp", Path.Combine(_root, "tmp"), StringComparison.Ordinal);
        if (!text.Contains('|', StringComparison.Ordinal))
            text = $"exec {text}";
        using Process process = Process.Start(new ProcessStartInfo("busybox", ["sh", "-c", text]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
