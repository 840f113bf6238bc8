using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Userland;

/// <summary>sort, whose loops are ours, and tail, against the same written plainly here.</summary>
public sealed partial class BusyBoxSortTests
{
    private static readonly string[] Alphabets = ["ab ", "0123456789 .-", "foo bar\t1 ", "a", "\u0080\u00ff\u0001z ", "aB cD1:2", "x:y: 12 "];

    [Fact]
    public void Sort_orders_as_plain_code_does()
    {
        using Sandbox sandbox = Sandbox.Create();
        var random = new Random(20261127);
        for (int i = 0; i < 150; i++)
        {
            byte[] first = Data(random);
            byte[] second = random.Next(4) == 0 ? Data(random) : [];
            sandbox.WriteFile("/tmp/1", first);
            sandbox.WriteFile("/tmp/2", second);
            Order order = Order.Random(random);
            Check(sandbox, $"sort {order.Arguments} /tmp/1 /tmp/2", order.Sorted([.. order.Lines(first), .. order.Lines(second)]));
            Check(sandbox, $"cat /tmp/1 | sort {order.Arguments}", order.Sorted(order.Lines(first)));
            Check(sandbox, $"sort {order.Arguments} /tmp/1 | sort -c {order.Arguments} && echo sorted", "sorted\n"u8.ToArray());
        }
    }

    [Fact]
    public void Lines_that_are_the_same_for_long_are_told_apart()
    {
        using Sandbox sandbox = Sandbox.Create();
        var random = new Random(1);
        foreach (int unit in (int[])[1, 7, 8, 9, 16])
        {
            // more levels than the sort goes down by itself: 100 lengths, several ends of each
            string[] lines = [.. Enumerable.Range(0, 600).Select(i => new string('a', i % 100 * unit) + "bc\u00ff"[..random.Next(4)])];
            random.Shuffle(lines);
            byte[] text = Encoding.Latin1.GetBytes(string.Join('\n', lines));
            sandbox.WriteFile("/tmp/1", text);
            foreach (string arguments in (string[])["", "-r", "-u", "-z"])
            {
                var order = new Order(arguments, [], '\0');
                Check(sandbox, $"sort {arguments} /tmp/1", order.Sorted(order.Lines(text)));
            }
        }
    }

    [Theory]
    [InlineData("printf 'b\\0a\\nc' | sort", "a\nb\nc\n")]
    [InlineData("printf 'b\\nc\\0a\\0' | sort -z | tr '\\0' ,", "a,b\nc,")]
    [InlineData("printf 'b 1\\na 1\\nb 2\\na 2\\n' | sort -s -k2,2nr", "b 2\na 2\nb 1\na 1\n")]
    [InlineData("printf 'x 1\\nb 2\\na 1\\n' | sort -u -k2", "x 1\nb 2\n")]
    [InlineData("printf 'a 1\\nb 1\\n' | sort -c -u -k2; echo $?", "1\n")]
    [InlineData("printf '10\\n9\\nx\\n-1\\n1e3\\n' | sort -g", "x\n-1\n9\n10\n1e3\n")]
    [InlineData("printf 'Mar\\nJan\\nx\\nFeb\\n' | sort -M", "x\nJan\nFeb\nMar\n")]
    [InlineData("printf 'b\\na\\n' > f; sort -o f f; cat f", "a\nb\n")]
    [InlineData(": | sort; printf '\\n\\n' | sort -u; printf x | sort", "\nx\n")]
    [InlineData("sort /none 2>&1; echo $?", "sort: /none: No such file or directory\n2\n")]
    [InlineData("seq 100000 | sort | head -n 2; seq 100000 | sort -rn | tail -n 2", "1\n10\n2\n1\n")]
    [InlineData("head -c 200000 /dev/zero | tr '\\0' x > f; (cat f; echo b; cat f; echo a) | sort > o; (cat f; echo a; cat f; echo b) | cmp - o && echo same", "same\n")]
    public void Sort_prints(string script, string expected)
    {
        using Sandbox sandbox = Sandbox.Create();
        Assert.Equal(expected, sandbox.RunShell(script, null, TestContext.Current.CancellationToken).Stdout);
    }

    [Fact]
    public void Tail_prints_the_last_lines()
    {
        using Sandbox sandbox = Sandbox.Create();
        var random = new Random(2);
        for (int i = 0; i < 40; i++)
        {
            byte[] data = [.. Data(random), .. random.Next(2) == 0 ? Data(random) : []];
            sandbox.WriteFile("/tmp/f", data);
            foreach (int count in (int[])[1, 2, random.Next(3, 1000)])
            {
                byte[][] lines = BusyBoxText.Lines(data);
                Check(sandbox, $"tail -n {count} < /tmp/f", [.. lines.TakeLast(count).SelectMany(l => l)]);
                Check(sandbox, $"cat /tmp/f | tail -n {count}", [.. lines.TakeLast(count).SelectMany(l => l)]);
                Check(sandbox, $"cat /tmp/f | tail -n +{count}", [.. lines.Skip(count - 1).SelectMany(l => l)]);
                Check(sandbox, $"cat /tmp/f | tail -c {count}", [.. data.TakeLast(count)]);
            }
        }
    }

    private static void Check(Sandbox sandbox, string script, byte[] expected) => BusyBoxText.Check(sandbox, script, expected);

    private static byte[] Data(Random random)
    {
        byte[] alphabet = Encoding.Latin1.GetBytes(Alphabets[random.Next(Alphabets.Length)]);
        byte[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => alphabet[random.Next(alphabet.Length)])];
        byte[] prefix = Some((int[])[0, 0, 7, 8, 9, 16, 40] is var lengths ? lengths[random.Next(lengths.Length)] : 0);
        var lines = new List<byte[]>();
        int count = ((int[])[0, 1, 2, 5, 50, 300, 3000])[random.Next(7)];
        while (lines.Count < count)
        {
            byte[] line = Some(random.Next(500) == 0 ? random.Next(70_000) : ((int[])[0, 1, 3, 8, 9, 15, 16, 17, 30, 60])[random.Next(10)]);
            lines.Add(random.Next(2) == 0 ? line : [.. prefix, .. line]);
            if (random.Next(5) == 0)
                lines.Add(lines[random.Next(lines.Count)]);
        }

        byte[] text = [.. lines.SelectMany((l, i) => i == 0 ? l : [(byte)'\n', .. l])];
        return random.Next(5) == 0 || text.Length == 0 ? text : [.. text, (byte)'\n'];
    }

    [GeneratedRegex(@"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")]
    private static partial Regex Number();

    /// <summary>One way to sort: options, keys by first and last field (0: to the end) and options of their own.</summary>
    private sealed record Order(string Options, (int From, int To, string Options)[] Keys, char Separator)
    {
        public string Arguments => string.Join(' ', [Options, .. Separator == 0 ? [] : (string[])[$"-t '{Separator}'"], .. Keys.Select(k => k.To == 0 ? $"-k{k.From}{k.Options}" : $"-k{k.From},{k.To}{k.Options}")]);

        private byte End => (byte)(Options.Contains('z', StringComparison.Ordinal) ? '\0' : '\n');

        public static Order Random(Random random)
        {
            string options = string.Concat("rusnfz".Where(o => random.Next(o is 'f' or 'z' ? 8 : 3) == 0));
            (int, int, string)[][] keys = [[], [], [(1, 0, "")], [(2, 0, "")], [(2, 2, "")], [(2, 2, "nr")], [(2, 2, "f")], [(1, 1, ""), (3, 3, "n")], [(2, 0, "n"), (1, 0, "r")]];
            return new Order(options.Length == 0 ? "" : "-" + options, keys[random.Next(keys.Length)], "\0\0 :a"[random.Next(5)]);
        }

        public byte[][] Lines(byte[] text)
        {
            var lines = new List<byte[]>();
            for (int from = 0, to; from < text.Length; from = to + 1)
            {
                to = End == 0 ? Array.IndexOf(text, (byte)0, from) : text.AsSpan(from).IndexOfAny((byte)0, (byte)'\n') is var at and >= 0 ? from + at : -1;
                to = to < 0 ? text.Length : to;
                lines.Add(text[from..to]);
            }

            return [.. lines];
        }

        public byte[] Sorted(byte[][] lines)
        {
            var sorted = new List<byte[]>();
            foreach (byte[] line in lines.Order(Comparer<byte[]>.Create(Compare)))
                if (!Options.Contains('u', StringComparison.Ordinal) || sorted.Count == 0 || CompareKeys(sorted[^1], line) != 0)
                    sorted.Add(line);
            return [.. sorted.SelectMany(l => (byte[])[.. l, End])];
        }

        private int Compare(byte[]? x, byte[]? y)
        {
            int compared = CompareKeys(x!, y!);
            if (compared != 0 || Options.Contains('s', StringComparison.Ordinal) || Options.Contains('u', StringComparison.Ordinal))
                return compared;
            compared = x.AsSpan().SequenceCompareTo(y);
            return Options.Contains('r', StringComparison.Ordinal) ? -compared : compared;
        }

        private int CompareKeys(byte[] x, byte[] y)
        {
            foreach ((int from, int to, string own) in Keys.Length == 0 ? [(1, 0, "")] : Keys)
            {
                string options = own.Length == 0 ? Options : own;
                int compared = CompareKey(Key(x, from, to), Key(y, from, to), options);
                if (compared != 0)
                    return options.Contains('r', StringComparison.Ordinal) ? -compared : compared;
            }

            return 0;
        }

        private static int CompareKey(byte[] x, byte[] y, string options)
        {
            if (options.Contains('n', StringComparison.Ordinal))
                return Value(x).CompareTo(Value(y));
            if (options.Contains('f', StringComparison.Ordinal))
                (x, y) = ([.. x.Select(Upper)], [.. y.Select(Upper)]);
            return x.AsSpan().SequenceCompareTo(y);
        }

        private static byte Upper(byte b) => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b;

        private static double Value(byte[] key)
        {
            Match match = Number().Match(Encoding.Latin1.GetString(key));
            return match.Success ? double.Parse(match.Value, CultureInfo.InvariantCulture) + 0.0 : 0;
        }

        private byte[] Key(byte[] line, int from, int to)
        {
            int begin = Skip(line, from - 1, false);
            int end = to == 0 ? line.Length : Skip(line, to, true);
            return line[begin..Math.Max(begin, end)];
        }

        /// <summary>Where the field after so many others begins or, <paramref name="last"/>, the last of these ends.</summary>
        private int Skip(byte[] line, int fields, bool last)
        {
            int at = 0;
            while (fields-- > 0)
            {
                if (Separator != 0)
                {
                    int end = Array.IndexOf(line, (byte)Separator, at);
                    at = end < 0 ? line.Length : fields == 0 && last ? end : end + 1;
                    continue;
                }

                while (at < line.Length && BusyBoxText.IsSpace(line[at]))
                    at++;
                while (at < line.Length && !BusyBoxText.IsSpace(line[at]))
                    at++;
            }

            return at;
        }
    }
}
