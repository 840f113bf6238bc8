using System.Security.Cryptography;
using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Userland;

/// <summary>The text applets whose loops are ours, over random bytes, against the same written plainly here.</summary>
public sealed class BusyBoxTextTests
{
    private static readonly string[] Alphabets = ["abc \n", "ab\tc\b\r \n", "xyz\0\n", "é ü\n", "a0\n\u0001~"];

    [Fact]
    public void Text_applets_do_what_plain_code_does()
    {
        using Sandbox sandbox = Sandbox.Create();
        var random = new Random(20261126);
        for (int i = 0; i < 60; i++)
        {
            byte[] data = Data(random, i);
            sandbox.WriteFile("/tmp/f", data);
            int width = random.Next(1, 100);
            int lines = random.Next(0, 200);
            Check(sandbox, "tac /tmp/f", [.. Lines(data).AsEnumerable().Reverse().SelectMany(l => l)]);
            Check(sandbox, $"head -n {lines} /tmp/f", [.. Lines(data).Take(lines).SelectMany(l => l)]);
            Check(sandbox, $"head -c {width * 100} /tmp/f", [.. data.Take(width * 100)]);
            Check(sandbox, $"fold -b -w {width} /tmp/f", Fold(data, width));
            Check(sandbox, "tr a-x d-z < /tmp/f", [.. data.Select(b => b is >= (byte)'a' and <= (byte)'x' ? (byte)Math.Min('z', b + 3) : b)]);
            Check(sandbox, "tr a-v c-x < /tmp/f", [.. data.Select(b => b is >= (byte)'a' and <= (byte)'v' ? (byte)(b + 2) : b)]);
            Check(sandbox, "tr -d 'b\\n' < /tmp/f", [.. data.Where(b => b is not (byte)'b' and not (byte)'\n')]);
            Check(sandbox, $"base64 -w {width} /tmp/f", Fold(Encoding.ASCII.GetBytes(Convert.ToBase64String(data)), width, end: true));
            Check(sandbox, "hexdump -v -C /tmp/f", Dump(data));
            Check(sandbox, "xxd -p -c 10 /tmp/f", Encoding.ASCII.GetBytes(string.Concat(data.Chunk(10).Select(c => Convert.ToHexStringLower(c) + "\n"))));
            Check(sandbox, "sha256sum < /tmp/f", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(data)) + "  -\n"));
#pragma warning disable CA5351 // md5sum is what it is
            Check(sandbox, "md5sum < /tmp/f", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(MD5.HashData(data)) + "  -\n"));
#pragma warning restore CA5351
            Check(sandbox, "gzip < /tmp/f | gunzip", data);
            if (!data.Contains((byte)0) && data.All(b => b < 0x80))
            {
                Check(sandbox, "rev /tmp/f", [.. Lines(data).SelectMany(Reversed)]);
                Check(sandbox, $"nl -b a -w {width % 9 + 1} -s : /tmp/f", Number(data, width % 9 + 1));
            }
        }
    }

    [Theory]
    [InlineData("printf '%5d|%-5d|%05d|%.3d|%8.3x|%-8.3o|%s|%-4s|%.2s|%c|%%' 1 -2 -3 4 5 6 a b ccc ddd", "    1|-2   |-0003|004|     005|006     |a|b   |cc|d|%")]
    [InlineData("printf '%.0d|%.0d|%5.0x|%3.10d|%-15.10d|%015.10d' 0 1 0 -5 -5 -5", "|1|     |-0000000005|-0000000005    |    -0000000005")]
    [InlineData("printf '%300d' 7 | wc -c", "300\n")]
    [InlineData("printf 'ab' | hexdump -e '1/4 \"%d\" \"\\n\"'; printf '\\377\\376\\375\\374' | hexdump -e '1/4 \"%d\" \"\\n\"'", "25185\n-50462977\n")]
    [InlineData("printf '\\0\\001\\n\\177\\377z' | hexdump -v -e '6/1 \"%_c|\" \"\\n\"'", "\\0|001|\\n|177|377|z|\n")]
    [InlineData("printf '\\0\\001\\n\\177\\377z' | hexdump -v -e '6/1 \"%3_u|\" \"\\n\"'", "nul|soh| lf|del| ff|  z|\n")]
    public void Numbers_are_printed_as_printf_says(string script, string expected)
    {
        using Sandbox sandbox = Sandbox.Create();
        Assert.Equal(expected, sandbox.RunShell(script.Replace("printf '%", "busybox printf '%", StringComparison.Ordinal), null, TestContext.Current.CancellationToken).Stdout);
    }

    private static void Check(Sandbox sandbox, string script, byte[] expected) => BusyBoxText.Check(sandbox, script, expected);

    private static byte[][] Lines(byte[] data) => BusyBoxText.Lines(data);

    private static byte[] Data(Random random, int i)
    {
        byte[] data = new byte[random.Next(4) == 0 ? random.Next(60) : random.Next(90_000)];
        random.NextBytes(data);
        if (i % 6 == 5)
            return data;
        byte[] alphabet = Encoding.UTF8.GetBytes(Alphabets[i % 6]);
        int rare = random.Next(2, 400);
        for (int j = 0; j < data.Length; j++)
            data[j] = random.Next(rare) == 0 ? (byte)'\n' : alphabet[data[j] % (alphabet.Length - (rare > 50 && alphabet[^1] == '\n' ? 1 : 0))];
        return data;
    }

    private static byte[] Reversed(byte[] line)
    {
        int end = line[^1] == '\n' ? line.Length - 1 : line.Length;
        return [.. line[..end].AsEnumerable().Reverse(), .. line[end..]];
    }

    private static byte[] Fold(byte[] data, int width, bool end = false)
    {
        var output = new List<byte>();
        int column = 0;
        foreach (byte b in data)
        {
            if (column == width && b != '\n')
            {
                output.Add((byte)'\n');
                column = 0;
            }

            output.Add(b);
            column = b == '\n' ? 0 : column + 1;
        }

        if (end && column != 0)
            output.Add((byte)'\n');
        return [.. output];
    }

    private static byte[] Number(byte[] data, int width)
    {
        int n = 0;
        return [.. Lines(data).SelectMany(l => Encoding.ASCII.GetBytes((++n).ToString().PadLeft(width) + ":").Concat(l)), .. data.Length > 0 && data[^1] != '\n' ? "\n"u8.ToArray() : []];
    }

    private static byte[] Dump(byte[] data)
    {
        var text = new StringBuilder();
        for (int at = 0; at < data.Length; at += 16)
        {
            byte[] row = data[at..Math.Min(at + 16, data.Length)];
            text.Append($"{at:x8} ");
            for (int i = 0; i < 16; i++)
                text.Append(i == 8 ? "  " : " ").Append(i < row.Length ? row[i].ToString("x2") : "  ");
            text.Append("  |").Append(string.Concat(row.Select(b => b is >= 0x20 and < 0x7f ? (char)b : '.'))).Append("|\n");
        }

        return Encoding.ASCII.GetBytes(data.Length == 0 ? "" : $"{text}{data.Length:x8}\n");
    }
}
