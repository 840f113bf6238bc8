using System.Text;
using PSSandbox.Sandboxes;

namespace PSSandbox.Tests.Sandboxes;

/// <summary>Values that are longer than the pieces in which the shell copies them: the same results as short ones.</summary>
public sealed class LongValueTests
{
    private const int Count = 300_000;

    // Of an odd number of bytes, so that pieces end within characters too.
    private static readonly string Value = Repeat("aé'B\u20ac \ud83d\ude00z", Count);

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    [Fact]
    public void Operators_give_what_they_give_of_short_values()
    {
        Same("${v^^}", Value.ToUpperInvariant());
        Same("${v,,}", Value.ToLowerInvariant());
        Same("${v@Q}", "'" + Value.Replace("'", "'\\''", StringComparison.Ordinal) + "'");
        Same("${v:1:2000000}", Cut(Value, 1, 2_000_000));
        Same("${v#aé}", Value[2..]);
        Same("${v%z}", Value[..^1]);
        Same("${v/#a/b}", "b" + Value[1..]);
        Same("${v/%z/b}", Value[..^1] + "b");
        Same("${v//B/bb}", Value.Replace("B", "bb", StringComparison.Ordinal));
        Same("${v//B/<&\\&&>}", Value.Replace("B", "<B&B>", StringComparison.Ordinal));
        Same("${v/%B*z/[&]}", Value[..3] + "[" + Value[3..] + "]");
        Same("${v/#*/$v&}", Value + Value);
        Same("${v/#/$v}", Value + Value);
        Same("\"<$v>\"", "<" + Value + ">");
        Same("$v", Value);
    }

    [Fact]
    public void A_value_with_control_characters_is_quoted_as_a_short_one()
    {
        SandboxResult result = Run("v+=$'\\n\\001'; printf %s \"${v@Q}\"; echo; printf %q \"$v\"", Value);
        string quoted = "$'" + Value.Replace("'", "\\'", StringComparison.Ordinal) + "\\n\\001'";
        Assert.True(quoted + "\n" + quoted == result.Stdout);
    }

    [Fact]
    public void A_document_and_a_string_are_read_as_they_are()
    {
        SandboxResult result = Run("cat <<E\n$v\nE\ncat <<< \"$v\"\ncat <<E\n>$v<\nE", Value);
        Assert.True($"{Value}\n{Value}\n>{Value}<\n" == result.Stdout);
    }

    [Theory]
    [InlineData("%1000001d", "7")]
    [InlineData("%-1000001d|", "7")]
    [InlineData("%+01000001d", "7")]
    [InlineData("%.1000000d", "-7")]
    [InlineData("%#1000003.1000001o", "7")]
    [InlineData("%01000000.2f", "-1.5")]
    public void Widths_and_precisions_may_be_large(string format, string argument)
    {
        string expected = format switch
        {
            "%1000001d" => new string(' ', 1_000_000) + "7",
            "%-1000001d|" => "7" + new string(' ', 1_000_000) + "|",
            "%+01000001d" => "+" + new string('0', 999_999) + "7",
            "%.1000000d" => "-" + new string('0', 999_999) + "7",
            "%#1000003.1000001o" => "  " + new string('0', 1_000_000) + "7",
            _ => "-" + new string('0', 999_995) + "1.50",
        };
        SandboxResult result = Run($"printf -v x '{format}' {argument}; printf %s \"$x\"", "");
        Assert.True(expected == result.Stdout);
    }

    [Theory]
    [InlineData("echo {1..1000000000000}")]
    [InlineData("echo {-9223372036854775808..9223372036854775807}")]
    [InlineData("echo {9223372036854775807..-9223372036854775808..-1}")]
    [InlineData("for x in {a,b{1..1000000}}{1..1000000}; do :; done")]
    [InlineData("echo {1..1000000}{1..1000000}{1..1000000}{1..1000000}{1..1000000}{1..1000000}")]
    public void A_brace_expansion_that_cannot_fit_is_refused(string script)
    {
        using Sandbox sandbox = Sandbox.Create();
        SandboxResult result = sandbox.RunShell(script, new SandboxRunOptions { Timeout = TimeSpan.FromMinutes(2) });
        Assert.Equal((137, false, ""), (result.ExitCode, result.TimedOut, result.Stdout));
        Assert.Contains("out of memory", result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void A_brace_expansion_that_fits_is_made()
    {
        SandboxResult result = Run("set -- {1..5..2}{a,b{x,y}}{z..x}; echo $# $1 ${27}; set -- {1..200000}; echo $# ${200000}", "");
        Assert.Equal("27 1az 5byx\n200000 200000\n", result.Stdout);
    }

    private static void Same(string expansion, string expected)
    {
        SandboxResult result = Run($"w={expansion}; printf %s \"$w\"", Value);
        Assert.True(expected == result.Stdout, $"{expansion}: {result.Stdout.Length} characters for {expected.Length}; {result.Stderr}");
    }

    // By code points.
    private static string Cut(string text, int from, int count)
    {
        StringBuilder result = new();
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (at >= from && at < from + count)
                result.Append(rune);
            at++;
        }

        return result.ToString();
    }

    private static SandboxResult Run(string script, string value)
    {
        using Sandbox sandbox = Sandbox.Create();
        sandbox.WriteFile("/tmp/v", Encoding.UTF8.GetBytes(value), 0x1a4);
        return sandbox.RunShell("v=$(cat /tmp/v)\n" + script);
    }
}
