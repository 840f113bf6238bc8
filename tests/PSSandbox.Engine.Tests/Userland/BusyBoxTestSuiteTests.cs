using System.Collections.Concurrent;
using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Userland;

/// <summary>
/// BusyBox's own test suite, out of the checked-in source archive, inside the sandbox: our shell runs it, our kernel and
/// our busybox.wasm are what it tests. What cannot pass is listed with its reason in busybox-testsuite.txt.
/// </summary>
public sealed class BusyBoxTestSuiteTests
{
    private const int LeastPassed = 800;
    private const string Archive = "source/busybox_1.35.0.orig.tar.bz2";

    // runtest looks for the program to test, and for .config, in the folder above its own.
    private const string Script = """
        cd /ts && tar xjf archive --strip-components 1 busybox-1.35.0/testsuite && rm archive && ln -s /bin/busybox busybox &&
        mkdir scripts && cd testsuite && sh ./runtest "$@" 2>&1
        """;

    [Fact]
    public async Task Every_case_passes_that_can()
    {
        string[] applets = [.. File.ReadLines(Path.Combine(TestPaths.Repository, "userland", "applets.txt")).Select(line => Path.GetFileName(line)), "busybox"];
        Dictionary<string, string> excused = ReadList();
        ConcurrentDictionary<string, string> verdicts = new();

        // Two sandboxes share the work.
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(half => Task.Run(() => RunSuite([.. applets.Where((_, i) => i % 2 == half)], verdicts, cancellation), cancellation)));

        string[] failed = [.. verdicts.Where(v => v.Value == "FAIL" && !excused.ContainsKey(v.Key)).Select(v => v.Key).Order()];
        string[] mended = [.. excused.Keys.Where(name => verdicts.GetValueOrDefault(name) != "FAIL").Order()];
        int passed = verdicts.Count(v => v.Value == "PASS");
        Assert.True(failed.Length == 0, $"failed: {string.Join("; ", failed)}");
        Assert.True(mended.Length == 0, $"listed as failing, but did not: {string.Join("; ", mended)}");
        Assert.True(passed >= LeastPassed, $"only {passed} cases passed");
    }

    private static void RunSuite(IReadOnlyList<string> applets, ConcurrentDictionary<string, string> verdicts, CancellationToken cancellation)
    {
        string userland = Path.Combine(TestPaths.Repository, "userland");
        using Sandbox sandbox = Sandbox.Create();
        sandbox.MakeDirectory("/ts");
        sandbox.WriteFile("/ts/archive", File.ReadAllBytes(Path.Combine(userland, Archive)));
        sandbox.WriteFile("/ts/.config", File.ReadAllBytes(Path.Combine(userland, "config", "busybox.config")));
        SandboxResult result = sandbox.RunShell(Script, new SandboxRunOptions { Arguments = applets, Timeout = TimeSpan.FromMinutes(10) }, cancellation);
        string output = Encoding.Latin1.GetString(result.StdoutBytes);
        Assert.False(result.TimedOut, output);

        // A name may occur more than once: each occurrence counts for itself.
        foreach (string line in output.Split('\n'))
            if (line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && line[..colon] is "PASS" or "FAIL")
                Record(verdicts, line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..], line[..4]);
    }

    private static void Record(ConcurrentDictionary<string, string> verdicts, string name, string verdict)
    {
        string unique = name;
        for (int i = 2; !verdicts.TryAdd(unique, verdict); i++)
            unique = $"{name} ({i})";
    }

    private static Dictionary<string, string> ReadList() =>
        File.ReadLines(Path.Combine(TestPaths.Repository, "tests", "PSSandbox.Engine.Tests", "Userland", "busybox-testsuite.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .ToDictionary(parts => parts[0], parts => parts[1]);
}
