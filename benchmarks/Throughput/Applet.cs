namespace PSSandbox.Benchmarks.Throughput;

/// <summary>A command that reads much of /tmp/text; the same words for the machine's BusyBox and for ours.</summary>
internal sealed record Applet(string Name, string Command)
{
    /// <summary>The twenty that the table is of.</summary>
    public static IReadOnlyList<Applet> All { get; } =
    [
        new("sha256sum", "sha256sum < /tmp/text"),
        new("md5sum", "md5sum < /tmp/text"),
        new("gzip", "gzip < /tmp/text"),
        new("sort", "sort /tmp/text"),
        new("sort -n", "sort -n /tmp/text"),
        new("awk", "awk '{ s += $2; n[$3]++ } END { print s, n[\"delta7\"] }' /tmp/text"),
        new("sed", "sed 's/delta/omega/g' /tmp/text"),
        new("grep", "grep delta7 /tmp/text"),
        new("grep -E", "grep -E 'delta7|omega[0-9]+ +x' /tmp/text"),
        new("wc", "wc < /tmp/text"),
        new("cut", "cut -d' ' -f2,4 /tmp/text"),
        new("tr", "tr a-z A-Z < /tmp/text"),
        new("uniq", "uniq -c /tmp/text"),
        new("head", "head -n 500000 /tmp/text"),
        new("tac", "tac /tmp/text"),
        new("rev", "rev /tmp/text"),
        new("nl", "nl /tmp/text"),
        new("fold", "fold -w 30 /tmp/text"),
        new("hexdump", "hexdump -C /tmp/text"),
        new("base64", "base64 /tmp/text"),
    ];
}
