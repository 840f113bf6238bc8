using System.Diagnostics;
using System.Globalization;
using PSSandbox.Sandboxes;

namespace PSSandbox.Benchmarks;

/// <summary>Who is at hand on this machine.</summary>
internal static class Peers
{
    /// <summary>
    /// The machine's shells; of the folder PSSANDBOX_PEERS (or ../shared/peers): gostack, and the JavaScript shells where
    /// PSSANDBOX_PEERS_NODE names a folder in which their packages are installed; and this product on each engine.
    /// </summary>
    public static IEnumerable<IPeer> Available(BenchData data, BenchArguments arguments)
    {
        string seconds = arguments.Seconds.ToString(CultureInfo.InvariantCulture);
        string cases = Path.Combine(AppContext.BaseDirectory, "cases.json");
        string folder = Environment.GetEnvironmentVariable("PSSANDBOX_PEERS") ?? Path.GetFullPath("../shared/peers");
        string node = Environment.GetEnvironmentVariable("PSSANDBOX_PEERS_NODE") ?? "";
        var all = new List<IPeer>
        {
            new NativePeer("dash", "dash", [], data),
            new NativePeer("bash", "bash", [], data),
            new NativePeer("busybox", "busybox", ["sh"], data),
        };
        if (File.Exists(Path.Combine(folder, "gostack/gostack")))
        {
            string wasm = Path.GetFullPath("userland/busybox.wasm");
            all.Add(new LinesPeer("gostack", new ProcessStartInfo(Path.Combine(folder, "gostack/gostack"), [wasm, data.Root, "bench", cases, seconds])));
        }

        if (Directory.Exists(node) && File.Exists(Path.Combine(folder, "javascript.mjs")))
        {
            foreach (string peer in new[] { "just-bash", "bashkit" })
                all.Add(new LinesPeer(peer, new ProcessStartInfo("node", [Path.Combine(folder, "javascript.mjs"), cases, Path.Combine(data.Root, "tmp"), seconds]) { WorkingDirectory = node }));
        }

        foreach (string engine in SandboxRuntime.Engines)
            all.Add(new SandboxPeer(engine, data));
        foreach (IPeer peer in all)
        {
            bool missing = peer is NativePeer && !OnPath(peer.Name);
            if (missing)
                Console.Error.WriteLine($"{peer.Name} is not on this machine: left out");
            else if (arguments.WantsPeer(peer.Name))
                yield return peer;
        }
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, program)));
}
