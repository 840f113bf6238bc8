using System.Globalization;
using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Userland;

/// <summary>awk, which splits off the fields that are asked for: against plain code, and against the same program that asks for all.</summary>
public sealed class BusyBoxAwkTests
{
    private const string Functions = "function f(p) { p = p \"z\"; print p; print $1 } function g(p, q) { $0 = q; return p $1 } function r(v) { return v > 0 && v < 20 ? 1 + r(v - 1) : $2 }\n";

    private static readonly string[] Statements =
    [
        "print $1", "print $2", "print $3, NF", "print NF, $1", "$2 = \"x\"; print", "$2 = \"x\"; print NF", "NF = 2; print", "print $NF",
        "x = $1; $0 = \"p q r\"; print x, $2, NF", "$5 = \"\"; print NF \":\" $0", "s += $2; print s", "s += $1 * 2 - $2 / 3; print s",
        "a[$1]++; print a[$1]", "FS = \":\"; print $1", "FS = \" \"; print $2", "$0 = $2; print $1, NF", "getline; print $2", "getline x; print x, $1, NF", "getline $2; print",
        "$3 = $1; print $2, $0", "print length($1), length", "sub(/a/, \"bb\"); print $1", "sub(/a/, \"bb\", $2); print", "gsub(/[0-9]/, \"N\", $1); print NF, $0",
        "n = split($0, q); print n, q[1]", "f($2)", "print g($1, $2)", "i = 1; $i++; print", "$2 += 5; print $1", "print ($1 < $2)", "i = 2; print $i",
        "print $(1 + 1)", "if ($1 > 5) next; print \"k\" $1", "NF++; print", "$(NF + 2) = \"z\"; print NF", "print RT == \"\\n\"", "y = $2; getline; print y, $1",
        "$0 = \"\"; print NF, $1", "$1 = $1; print", "if (NF > 2) NF = NF - 1; print", "k = 0; while ((getline l < \"/tmp/2\") > 0 && k++ < 3) print l, $2",
        "close(\"/tmp/2\"); getline < \"/tmp/2\"; print $2, NF, $1", "$2 = $2 $1; print $2", "print r($1)", "$1 = r($2); print", "print -$1, !$2", "\"echo c d\" | getline; print $1, NF",
        "$2 = $2; $1 = \"\"; print NF", "t[NR] = $0; print t[NR - 1]", "$3 = (getline z); print", "print ($0 ~ /a.*b/)", "print $9999", "$600 = \"q\"; print NF", "print $1.5",
    ];

    [Fact]
    public void Fields_are_the_same_whether_all_are_split_or_those_that_are_asked_for()
    {
        using Sandbox sandbox = Sandbox.Create();
        var random = new Random(20261128);
        string[] begins = ["", "", "", "BEGIN { RS = \"\" }", "BEGIN { RS = \";\" }", "BEGIN { RS = \"[0-9]+\" }", "BEGIN { OFS = \"-\" }", "BEGIN { FS = \":\" }", "BEGIN { RS = \" \" }"];
        string[] more = ["", "NF=2", "FS=: /tmp/2", "RS= /tmp/2", "/tmp/2"];
        for (int i = 0; i < 150; i++)
        {
            sandbox.WriteFile("/tmp/1", Data(random));
            sandbox.WriteFile("/tmp/2", Data(random));
            string body = string.Join("; ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => Statements[random.Next(Statements.Length)]));
            string end = random.Next(2) == 0 ? "" : "END { print NR, $2, NF, $0 }";
            string files = "/tmp/1 " + more[random.Next(more.Length)];
            string begin = Functions + begins[random.Next(begins.Length)];
            sandbox.WriteFile("/tmp/asked", Encoding.Latin1.GetBytes($"{begin} {{ {body} }} {end}"));
            sandbox.WriteFile("/tmp/all", Encoding.Latin1.GetBytes($"{begin} {{ NF }} {{ {body} }} {end}"));
            BusyBoxText.Check(sandbox, $"awk -f /tmp/asked {files} 2>&1; echo $?", sandbox.RunShell($"awk -f /tmp/all {files} 2>&1; echo $?", null, TestContext.Current.CancellationToken).StdoutBytes);
        }
    }

    [Fact]
    public void Fields_are_what_plain_code_splits()
    {
        using Sandbox sandbox = Sandbox.Create();
        var random = new Random(20261129);
        for (int i = 0; i < 80; i++)
        {
            byte[] data = Data(random);
            sandbox.WriteFile("/tmp/f", data);
            string[][] records = [.. BusyBoxText.Lines(data).SelectMany(l => Encoding.Latin1.GetString(l).TrimEnd('\n').Split('\0') is var parts && l[^1] == 0 ? parts[..^1] : parts).Select(Words)];
            Check("{ print NF; for (i = 1; i <= NF; i++) print $i }", records.Select(r => string.Join('\n', [r.Length.ToString(CultureInfo.InvariantCulture), .. r])));
            Check("{ print $2 \"|\" $1 \"|\" $4 }", records.Select(r => $"{Field(r, 2)}|{Field(r, 1)}|{Field(r, 4)}"));
            Check("{ print $NF; print $1 }", records.Select(r => $"{(r.Length == 0 ? string.Concat(r) : r[^1])}\n{Field(r, 1)}"), records.All(r => r.Length > 0));
            Check("{ $3 = \"x\"; print }", records.Select(r => string.Join(' ', r.Concat(Enumerable.Repeat("", Math.Max(0, 3 - r.Length))).Select((f, n) => n == 2 ? "x" : f))));
            Check("{ c[$2]++ } END { for (k in c) print k, c[k] | \"LC_ALL=C sort\" }", records.GroupBy(r => Field(r, 2)).Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal));
        }

        void Check(string program, IEnumerable<string> lines, bool if_ = true)
        {
            if (if_)
                BusyBoxText.Check(sandbox, $"awk '{program}' /tmp/f", Encoding.Latin1.GetBytes(string.Concat(lines.Select(l => l + "\n"))));
        }
    }

    [Theory]
    [InlineData("printf 'a b c\\nd e' | awk '{ print $2; $2 = \"x\"; print; print NF }'", "b\na x c\n3\ne\nd x\n2\n")]
    [InlineData("printf 'a b c\\nd:e f\\n' | awk '{ print $1; FS = \":\"; print $2 } END { print $2 }'", "a\nb\nd\ne f\ne f\n")]
    [InlineData("printf '1 2\\n3 4\\n' | awk '{ s += $2; t = t + $1 * $2; u -= $1; p = 2 ^ $2; m = $2 % 3 } END { print s, t, u, p, m, s / 4 }'", "6 14 -4 16 1 1.5\n")]
    [InlineData("echo 7 | awk '{ print $1 / 0 }' 2>&1 | sed 's/.*: //'", "Division by zero\n")]
    [InlineData("echo 'a b' | awk '{ print $(-1) }' 2>&1 | sed 's/.*: //'", "Access to negative field\n")]
    [InlineData("awk 'BEGIN { print x + 0, x \"\", length(x), y[1] + 1; if (!(2 in y)) print \"none\" }'", "0  0 1\nnone\n")]
    [InlineData("awk 'function f(n) { return n ? 1 + f(n - 1) : 0 } BEGIN { print f(1500) }'", "1500\n")]
    [InlineData("awk 'BEGIN { $0 = \"a b c\"; $5 = \"e\"; print NF, $0; NF = 2; print; $0 = \"  x   y \"; print $2, NF }'", "5 a b c  e\na b\ny 2\n")]
    [InlineData("printf 'a b\\n' > f; printf 'c d\\n' | awk '{ x = $1; while ((getline l < \"f\") > 0) print l; print $2; close(\"f\"); getline < \"f\"; print $2, x, NR }'", "a b\nd\nb c 1\n")]
    [InlineData("printf 'a b\\0c d\\n' | awk '{ print NR, $2 }'", "1 b\n2 d\n")]
    [InlineData("printf '12 0x1f 1e3 .5 -3 +4 1a 12345678901234567 1234567890123456\\n' | awk '{ for (i = 1; i <= NF; i++) printf \"%.17g \", $i * 2; print \"\" }'",
        "24 62 2000 1 -6 8 2 24691357802469136 2469135780246912 \n")]
    [InlineData("awk 'BEGIN { for (i = 0; i < 3000; i++) printf \"w%d \", i; print \"\" }' | awk '{ print $2999, NF; $1 = \"\"; print length }'", "w2998 3000\n16887\n")]
    [InlineData("head -c 300000 /dev/zero | tr '\\0' x | awk '{ print length, length($1), NF; print RT == \"\" }'", "300000 300000 1\n1\n")]
    [InlineData("printf 'aXbXXc' | awk -v RS=X '{ print NR \":\" $1 \":\" RT }'", "1:a:X\n2:b:X\n3::X\n4:c:\n")]
    [InlineData("printf '\\n\\na b\\nc\\n\\n\\nd\\n' | awk -v RS= '{ print NR \":\" $2 \":\" NF } END { print NR }'", "1:b:3\n2::1\n2\n")]
    public void Awk_prints(string script, string expected)
    {
        using Sandbox sandbox = Sandbox.Create();
        Assert.Equal(expected, sandbox.RunShell(script, null, TestContext.Current.CancellationToken).Stdout);
    }

    private static string Field(string[] record, int n) => n <= record.Length ? record[n - 1] : "";

    private static string[] Words(string record) => record.Split([' ', '\t', '\v', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Data(Random random)
    {
        string alphabet = ((string[])["ab ", "0123456789 .-", "foo bar\t1 ", "a", "\u0080\u00ff\u0001z ", "aB cD1:2;", "x:y: 12 \r\v\f", "ab\0 "])[random.Next(8)];
        var text = new StringBuilder();
        int lines = ((int[])[0, 1, 2, 5, 40, 300])[random.Next(6)];
        for (int i = 0; i < lines; i++)
        {
            int length = random.Next(200) == 0 ? random.Next(30_000) : ((int[])[0, 1, 3, 8, 15, 16, 17, 30, 60, 120])[random.Next(10)];
            for (int j = 0; j < length; j++)
                text.Append(alphabet[random.Next(alphabet.Length)]);
            if (i < lines - 1 || random.Next(4) > 0)
                text.Append('\n');
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
