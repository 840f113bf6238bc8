using PSSandbox.Shell.Interactive;

namespace PSSandbox.Tests.Shell.Interactive;

/// <summary>What typed lines become.</summary>
public sealed class HistoryExpansionTests
{
    private static HistoryExpansion Make()
    {
        var history = new CommandHistory();
        foreach (string entry in (ReadOnlySpan<string>)["echo one", "cat /a/b.txt | wc -l", "ls two 'three four'"])
            history.Add(entry);
        return new HistoryExpansion(history);
    }

    [Theory]
    [InlineData("!!", "ls two 'three four'")]
    [InlineData("sudo !! x", "sudo ls two 'three four' x")]
    [InlineData("!1", "echo one")]
    [InlineData("!-2", "cat /a/b.txt | wc -l")]
    [InlineData("!ec", "echo one")]
    [InlineData("!?b.t?", "cat /a/b.txt | wc -l")]
    [InlineData("echo !$", "echo 'three four'")]
    [InlineData("echo !^ !*", "echo two two 'three four'")]
    [InlineData("vi !cat:1", "vi /a/b.txt")]
    [InlineData("cd !cat:1:h", "cd /a")]
    [InlineData("echo !cat:1:t:r", "echo b")]
    [InlineData("!cat:0-1", "cat /a/b.txt")]
    [InlineData("!cat:3*", "wc -l")]
    [InlineData("!!:gs/t/T/", "ls Two 'Three four'")]
    [InlineData("^two^2&2", "ls 2two2 'three four'")]
    [InlineData("^two^2^ x", "ls 2 'three four' x")]
    [InlineData("echo a !#", "echo a echo a ")]
    [InlineData("echo \"!1\"", "echo \"echo one\"")]
    public void Events_are_put_in(string line, string expected)
    {
        HistoryExpansion expansion = Make();
        Assert.Equal((expected, null), (expansion.Expand(line, quotes: true), expansion.Error));
        Assert.True(expansion.Changed);
    }

    [Theory]
    [InlineData("echo '!!'")]
    [InlineData("echo \\!!")]
    [InlineData("echo hi!")]
    [InlineData("echo \"hi!\"")]
    [InlineData("! true; [ a != b ]")]
    [InlineData("echo $! ${!x} [!a]*")]
    [InlineData("echo !(a|b)")]
    [InlineData("^")]
    [InlineData("")]
    public void Other_marks_stand_for_themselves(string line)
    {
        HistoryExpansion expansion = Make();
        Assert.Equal(line, expansion.Expand(line, quotes: true));
        Assert.False(expansion.Changed);
    }

    [Theory]
    [InlineData("!nosuch", "!nosuch: event not found")]
    [InlineData("!99", "!99: event not found")]
    [InlineData("!-99", "!-99: event not found")]
    [InlineData("!99999999999999999999", "!99999999999999999999: event not found")]
    [InlineData("!!:7", ":7: bad word specifier")]
    [InlineData("!!:99999999999", ":99999999999: bad word specifier")]
    [InlineData("!!:2-1", ":2-1: bad word specifier")]
    [InlineData("!!:z", ":z: unrecognized history modifier")]
    [InlineData("!!:", ":: unrecognized history modifier")]
    [InlineData("!!:s", ":s: unrecognized history modifier")]
    [InlineData("^nosuch^x", ":s^nosuch^x: substitution failed")]
    [InlineData("!!:s///", ":s///: substitution failed")]
    public void Errors_are_told(string line, string error)
    {
        HistoryExpansion expansion = Make();
        Assert.Null(expansion.Expand(line, quotes: true));
        Assert.Equal(error, expansion.Error);
    }

    [Fact]
    public void Quotes_go_on_in_the_next_line()
    {
        HistoryExpansion expansion = Make();
        Assert.Equal("echo 'a", expansion.Expand("echo 'a", quotes: true));
        Assert.Equal("!!' echo one", expansion.Expand("!!' !1", quotes: true, continues: true));
        Assert.Equal("echo one", expansion.Expand("!1", quotes: true));
    }

    [Fact]
    public void A_line_is_shown_and_not_run()
    {
        HistoryExpansion expansion = Make();
        Assert.Equal("echo one", expansion.Expand("!1:p", quotes: true));
        Assert.True(expansion.PrintsOnly);
    }

    [Fact]
    public void A_line_does_not_grow_without_end()
    {
        var history = new CommandHistory();
        history.Add(new string('a', 1 << 19));
        Assert.Null(new HistoryExpansion(history).Expand("!!!!!!!!!!!!!!!!", quotes: true));
        Assert.Null(new HistoryExpansion(history).Expand("!!:gs/a/" + new string('b', 1000), quotes: true));
    }
}
