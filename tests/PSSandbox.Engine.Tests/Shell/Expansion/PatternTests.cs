using PSSandbox.Processes;
using PSSandbox.Shell.Expansion;
using PSSandbox.Tests.Processes;

namespace PSSandbox.Tests.Shell.Expansion;

public sealed class PatternTests
{
    /// <summary>A slow matcher that is plainly right: tries everything.</summary>
    private static bool Matches(string pattern, int p, string subject, int s)
    {
        if (p == pattern.Length)
            return s == subject.Length;
        return pattern[p] switch
        {
            '*' => Matches(pattern, p + 1, subject, s) || (s < subject.Length && Matches(pattern, p, subject, s + 1)),
            '?' => s < subject.Length && Matches(pattern, p + 1, subject, s + 1),
            '[' => s < subject.Length && subject[s] is 'a' or 'b' && Matches(pattern, p + 4, subject, s + 1),
            _ => s < subject.Length && pattern[p] == subject[s] && Matches(pattern, p + 1, subject, s + 1),
        };
    }

    [Fact]
    public void Random_patterns_match_as_trying_everything_does()
    {
        var random = new Random(11);
        string[] pieces = ["a", "b", "c", "*", "?", "[ab]", "ab"];
        for (int i = 0; i < 20_000; i++)
        {
            string pattern = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));
            string subject = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "abc"[random.Next(3)]));
            Pattern compiled = Pattern.Get(pattern, PatternOptions.None);
            Assert.True(Matches(pattern, 0, subject, 0) == compiled.IsMatch(subject), $"{pattern} {subject}");

            int[] ends = [.. Enumerable.Range(0, subject.Length + 1).Where(e => Matches(pattern, 0, subject[..e], 0))];
            Assert.True((ends.Length == 0 ? -1 : ends[0]) == compiled.MatchPrefix(subject, longest: false), $"# {pattern} {subject}");
            Assert.True((ends.Length == 0 ? -1 : ends[^1]) == compiled.MatchPrefix(subject, longest: true), $"## {pattern} {subject}");
            int[] starts = [.. Enumerable.Range(0, subject.Length + 1).Where(b => Matches(pattern, 0, subject[b..], 0))];
            Assert.True((starts.Length == 0 ? -1 : starts[^1]) == compiled.MatchSuffix(subject, longest: false), $"% {pattern} {subject}");
            Assert.True((starts.Length == 0 ? -1 : starts[0]) == compiled.MatchSuffix(subject, longest: true), $"%% {pattern} {subject}");

            // The same as a group goes another way.
            Pattern group = Pattern.Get($"@({pattern})", PatternOptions.Extended);
            Assert.True(compiled.IsMatch(subject) == group.IsMatch(subject), $"@ {pattern} {subject}");
            Pattern negated = Pattern.Get($"!({pattern})", PatternOptions.Extended);
            Assert.True(compiled.IsMatch(subject) != negated.IsMatch(subject), $"! {pattern} {subject}");
            using PatternSearch search = compiled.Search(subject);
            using PatternSearch groupSearch = group.Search(subject);
            if (pattern.Length == 0)
                continue;
            int found = search.Find(0, out int length);
            int expected = groupSearch.Find(0, out int expectedLength);
            Assert.True(found == expected && (found < 0 || length == expectedLength), $"/ {pattern} {subject}");
        }
    }

    [Theory]
    [InlineData("*a*a*a*a*a*a*a*a*a*a*a*a*b")]
    [InlineData("*(*(*(*(a)*)*)*)b")]
    [InlineData("+(a|aa|aaa)b")]
    [InlineData("*(a*)*(a*)*(a*)b")]
    [InlineData("!(!(!(a*)b)c)*(a)b")]
    public void Hostile_patterns_end(string pattern)
    {
        string subject = new('a', 400);
        Assert.False(Pattern.Get(pattern, PatternOptions.Extended).IsMatch(subject) && !pattern.StartsWith('!'));
    }

    [Fact]
    public void Deep_and_broken_patterns_are_text()
    {
        string open = string.Concat(Enumerable.Repeat("@(", 50_000));
        Assert.True(Pattern.Get(open, PatternOptions.Extended).IsMatch(open));
        string nested = open + "a" + new string(')', 50_000);
        Assert.False(Pattern.Get(nested, PatternOptions.Extended).IsMatch("b"));
        string brackets = new('[', 50_000);
        Assert.True(Pattern.Get(brackets, PatternOptions.None).IsMatch(brackets));
        Assert.True(Pattern.Get("a\\", PatternOptions.None).IsMatch("a\\"));
    }

    [Fact]
    public void A_kill_ends_a_long_match()
    {
        var fixture = new KernelFixture();
        WaitStatus status = fixture.Run(process =>
        {
            var shell = new ExpansionShell(process: process);
            string subject = new('a', 20_000);
            process.Deliver(Signal.KILL);
            _ = Pattern.Get("*(a|!(aa*))*(!(a)|b)c", PatternOptions.Extended).IsMatch(subject, shell);
            return 0;
        });
        Assert.Equal(WaitStatus.ForSignal(Signal.KILL), status);
    }

    [Fact]
    public void A_kill_ends_a_long_regular_expression()
    {
        var fixture = new KernelFixture();
        WaitStatus status = fixture.Run(process =>
        {
            var shell = new ExpansionShell(process: process);
            string subject = new('a', 20_000);
            process.Deliver(Signal.KILL);
            _ = Regex.Get("(ab|a)*", RegexOptions.None).Match(subject, 0, shell);
            return 0;
        });
        Assert.Equal(WaitStatus.ForSignal(Signal.KILL), status);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("[z-a]")]
    [InlineData("[[:nosuch:]]")]
    [InlineData("a{2,1}")]
    [InlineData("a{99999}")]
    [InlineData("*a")]
    [InlineData("a\\")]
    public void Invalid_regular_expressions_are_refused(string text)
    {
        var error = Assert.Throws<ShellExpansionException>(() => Regex.Get(text, RegexOptions.None));
        Assert.Equal(2, error.Status);
    }

    [Fact]
    public void Deep_regular_expressions_are_refused()
    {
        Assert.Throws<ShellExpansionException>(() => Regex.Get(new string('(', 100_000), RegexOptions.None));
        Assert.Throws<ShellExpansionException>(() => Regex.Get("a" + new string('*', 100_000), RegexOptions.None));
    }

    [Fact]
    public void Random_regular_expressions_find_what_dotnet_finds()
    {
        var random = new Random(5);
        string[] atoms = ["a", "b", "[ab]", ".", "(a|b)", "(ab)", "(a*)", "c"];
        string[] repeats = ["", "", "*", "+", "?", "{2}", "{1,3}"];
        for (int i = 0; i < 5_000; i++)
        {
            string pattern = string.Concat(Enumerable.Range(0, 1 + random.Next(4)).Select(_ => atoms[random.Next(atoms.Length)] + repeats[random.Next(repeats.Length)]));
            string subject = string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => "abc"[random.Next(3)]));
            // Leftmost-longest by trying all ends at each beginning.
            var whole = new System.Text.RegularExpressions.Regex($"^(?:{pattern})$");
            (int Start, int End)? expected = null;
            for (int from = 0; from <= subject.Length && expected is null; from++)
            {
                for (int to = subject.Length; to >= from && expected is null; to--)
                {
                    if (whole.IsMatch(subject[from..to]))
                        expected = (from, to);
                }
            }

            RegexMatch? actual = Regex.Get(pattern, RegexOptions.None).Match(subject, 0);
            Assert.True(expected == (actual is null ? ((int Start, int End)?)null : (actual.Start, actual.End)), $"{pattern} {subject}");
        }
    }
}
