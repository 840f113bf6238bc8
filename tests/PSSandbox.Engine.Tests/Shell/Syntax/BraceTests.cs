using PSSandbox.Shell.Syntax;

namespace PSSandbox.Tests.Shell.Syntax;

public class BraceTests
{
    private static readonly string[] s_words =
    [
        "{a,b}", "x{a,b}y", "{a,b}{1,2}", "{a,{b,c}}d", "{a,b,}", "{,a}b", "{a}", "{}", "{a,b", "a,b}", "{a,b}}", "{{a,b}", "{1..3}", "{3..1}", "{1..10..3}",
        "{10..1..4}", "{01..3}", "{-01..2}", "{a..e}", "{e..a..2}", "{1..a}", "{1..2..b}", "{1..3..0}", "{1..1}", "a{1..2}{x,y}b", "{a..b}{,}",
        "'{a,b}'", "\\{a,b}", "{a\\,b}", "{a,'b c'}", "{a,b\\}c}", "{1...3}", "{..}", "{a..}", "x{,}y", "{a,b}{c}", "{{1..2},3}", "{a,{}}", "{a,}{b}", "a{b{c,d}e}f",
        "{9223372036854775806..9223372036854775807}", "{-9223372036854775808..-9223372036854775807}", "{+1..3}", "{00..10..5}", "{1..-1}", "$({a,b})x",
    ];

    [Fact]
    public void WordsAreThoseOfBash()
    {
        Assert.SkipUnless(TestPaths.OnPath("bash"), "needs bash");
        foreach (string source in s_words.Where(word => !word.Contains('$')))
        {
            string[] expected = Tools.Run("bash", ["-c", $"printf '%s\\n' {source}"]).Output.Split('\n')[..^1];
            Word word = GrammarTests.First<SimpleCommand>("echo " + source).Words[1];
            string[] actual = BraceExpansion.Expand(word).Where(w => w.Parts.Length > 0).Select(w => w.Text!).ToArray();
            Assert.True(expected.SequenceEqual(actual), $"{source}: {string.Join(' ', actual)}, bash: {string.Join(' ', expected)}");
        }
    }

    [Fact]
    public void ExpansionsInsideAreKept()
    {
        Word word = GrammarTests.First<SimpleCommand>("echo {$a,\"b c\"}*{1..2}").Words[1];
        string[] actual = BraceExpansion.Expand(word).Select(ShellPrinter.Print).ToArray();
        Assert.Equal(["$a*1", "$a*2", "\"b c\"*1", "\"b c\"*2"], actual);
    }

    [Fact]
    public void LongSequencesAreTakenAsTheyCome()
    {
        Word word = GrammarTests.First<SimpleCommand>("echo {1..9000000000000}{a,b}").Words[1];
        Assert.Equal(["1a", "1b", "2a"], BraceExpansion.Expand(word).Take(3).Select(w => w.Literal!));
    }

    [Theory]
    [InlineData(@"a\tb\n\\\'\""")]
    [InlineData(@"\x41\x4a2\101\60\1234\xff")]
    [InlineData(@"\u41\u00e9\u20ac\U1F600")]
    [InlineData(@"\cA\c?\e\E\a\b\f\v\r")]
    [InlineData(@"\z\8\x\u\?")]
    [InlineData(@"a\0b")]
    [InlineData(@"a\x00b")]
    [InlineData("a\nb")]
    public void EscapesAreThoseOfBash(string text)
    {
        Assert.SkipUnless(TestPaths.OnPath("bash"), "needs bash");
        string expected = Tools.Run("env", ["LC_ALL=C.UTF-8", "bash", "-c", $"printf %s $'{text}'"]).Output;
        Assert.Equal(expected, AnsiCQuoting.Decode(text));
    }
}
