using System.Globalization;

namespace PSSandbox.Benchmarks;

/// <summary>What to measure.</summary>
internal sealed record BenchArguments(double Seconds, IReadOnlySet<string> CaseNames, IReadOnlySet<string> PeerNames, bool Figures)
{
    public static BenchArguments Parse(string[] args)
    {
        double seconds = 1;
        bool figures = true;
        var cases = new HashSet<string>();
        var peers = new HashSet<string>();
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--seconds" when i + 1 < args.Length:
                    seconds = double.Parse(args[++i], CultureInfo.InvariantCulture);
                    break;
                case "--case" when i + 1 < args.Length:
                    cases.Add(args[++i]);
                    break;
                case "--peer" when i + 1 < args.Length:
                    peers.Add(args[++i]);
                    break;
                case "--no-figures":
                    figures = false;
                    break;
                default:
                    throw new ArgumentException($"'{args[i]}' is not one of --seconds S, --case NAME, --peer NAME, --no-figures.");
            }
        }

        return new BenchArguments(seconds, cases, peers, figures);
    }

    public bool Wants(string name) => CaseNames.Count == 0 || CaseNames.Contains(name);

    public bool WantsPeer(string name) => PeerNames.Count == 0 || PeerNames.Contains(name);
}
