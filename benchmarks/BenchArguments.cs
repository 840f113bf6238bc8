using System.Globalization;
using PSSandbox.Sandboxes;

namespace PSSandbox.Benchmarks;

/// <summary>What to measure.</summary>
internal sealed record BenchArguments(double Seconds, IReadOnlySet<string> CaseNames, IReadOnlySet<string> PeerNames, bool Figures)
{
    /// <summary>Whether the applets are measured over much text, instead of the scripts.</summary>
    public bool Applets { get; private init; }

    /// <summary>Whether the compute kernel is measured, instead of the scripts.</summary>
    public bool Kernel { get; private init; }

    /// <summary>How long to run made-up modules instead; null: not at all.</summary>
    public TimeSpan? Fuzz { get; private init; }

    /// <summary>The first of the seeds that they are made from.</summary>
    public ulong Seed { get; private init; } = 1;

    /// <summary>Whether to measure instead how soon what is hostile ends.</summary>
    public bool Interrupt { get; private init; }

    /// <summary>Whether to measure instead what the first WebAssembly program costs a process.</summary>
    public bool FirstUse { get; private init; }

    /// <summary>After how long it is ended.</summary>
    public TimeSpan After { get; private init; }

    /// <summary>Size of that text.</summary>
    public int Megabytes { get; private init; } = 24;

    /// <summary>How often each applet is measured.</summary>
    public int Rounds { get; private init; } = 5;

    public static BenchArguments Parse(string[] args)
    {
        double seconds = 1;
        bool figures = true;
        bool applets = false;
        bool kernel = false;
        bool interrupt = false;
        bool firstUse = false;
        int after = 400;
        TimeSpan? fuzz = null;
        ulong seed = 1;
        int megabytes = 24;
        int rounds = 5;
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
                case "--applets":
                    applets = true;
                    break;
                case "--kernel":
                    kernel = true;
                    break;
                case "--megabytes" when i + 1 < args.Length:
                    megabytes = int.Parse(args[++i], CultureInfo.InvariantCulture);
                    break;
                case "--rounds" when i + 1 < args.Length:
                    rounds = int.Parse(args[++i], CultureInfo.InvariantCulture);
                    break;
                case "--fuzz" when i + 1 < args.Length:
                    fuzz = DurationText.Parse(args[++i]);
                    break;
                case "--seed" when i + 1 < args.Length:
                    seed = ulong.Parse(args[++i], CultureInfo.InvariantCulture);
                    break;
                case "--interrupt":
                    interrupt = true;
                    break;
                case "--first-use":
                    firstUse = true;
                    break;
                case "--after" when i + 1 < args.Length:
                    after = int.Parse(args[++i], CultureInfo.InvariantCulture);
                    break;
                default:
                    throw new ArgumentException($"'{args[i]}' is not one of --seconds S, --case NAME, --peer NAME, --no-figures, --applets, --kernel, --megabytes N, --rounds N, --fuzz DURATION, --seed N, --interrupt, --after MILLISECONDS, --first-use.");
            }
        }

        return new BenchArguments(seconds, cases, peers, figures)
        {
            Applets = applets,
            Kernel = kernel,
            Megabytes = megabytes,
            Rounds = rounds,
            Fuzz = fuzz,
            Seed = seed,
            Interrupt = interrupt,
            FirstUse = firstUse,
            After = TimeSpan.FromMilliseconds(after),
        };
    }

    public bool Wants(string name) => CaseNames.Count == 0 || CaseNames.Contains(name);

    public bool WantsPeer(string name) => PeerNames.Count == 0 || PeerNames.Contains(name);
}
