using System.Text;
using PSSandbox.Shell.Syntax;

namespace PSSandbox.Tests.Shell.Syntax;

public class SourceTests
{
    [Fact]
    public void LinesAreReadOnlyWhenTheyAreNeeded()
    {
        LineList lines = new("echo a\n", "if b\n", "then c; fi; d\n", "cat <<E\n", "x\n", "E\n", "f 'g\n", "h' \\\n", "i\n", "rest\n");
        ShellParser parser = new(lines, ShellParserOptions.Bash);
        List<int> read = [];
        for (int i = 0; i < 4; i++)
        {
            Assert.NotNull(parser.ParseNextCommand());
            read.Add(lines.Read);
        }

        Assert.Equal([1, 3, 6, 9], read);
        Assert.Equal([false, false, true, false, true, true, false, true, true], lines.Continuations);
        Assert.NotNull(parser.ParseNextCommand());
        Assert.Null(parser.ParseNextCommand());
    }

    [Fact]
    public void LinesGiveTheSameTreeAsTheWhole()
    {
        foreach (string script in ValidScripts.Bash)
        {
            LineList lines = new(script.Split('\n').Select((line, i) => line + "\n").ToArray());
            string expected = SyntaxDump.Of(ShellParser.Parse(script + "\n", ShellParserOptions.Bash).Body);
            Assert.Equal(expected, SyntaxDump.Of(new ShellParser(lines, ShellParserOptions.Bash).ParseScript().Body));
        }
    }

    [Fact]
    public void EveryPlaceMayBeTheEdgeOfWhatHasBeenRead()
    {
        // The source is read in pieces of 64 KiB: the script is shifted across that edge byte by byte.
        const string Script = "if [[ a == b* ]]; then echo \"x ${y:-z w} $(c | d) `e \\`f\\``\" 'g h' $'i\\'j' $((k+1)) {l,m} ~/n 2>&1 >|o; fi\n"
            + "cat <<E <<-'F'\np $q\nE\n\tr\nF\ns=(t [u]=v) && w() { x; } || case y in z|*) ;; esac \\\n & # comment\n${a//b/c}\\ d";
        string expected = SyntaxDump.Of(ShellParser.Parse(Script, ShellParserOptions.Bash).Body);
        for (int before = 0; before <= Script.Length; before++)
        {
            string source = "#" + new string('.', (64 * 1024) - before - 2) + "\n" + Script;
            Assert.Equal(expected, SyntaxDump.Of(ShellParser.Parse(source, ShellParserOptions.Bash).Body));
        }
    }

    [Fact]
    public void AfterAnErrorTheNextLineCanBeRead()
    {
        LineList lines = new("a; fi; (b\n", "echo c\n");
        ShellParser parser = new(lines, ShellParserOptions.Bash);
        Assert.Throws<ShellSyntaxException>(() => parser.ParseNextCommand());
        parser.SkipLine();
        CommandList next = parser.ParseNextCommand()!;
        Assert.Equal("echo", ((SimpleCommand)next.Items[0].Statement).LiteralName);
        Assert.Equal(2, next.Position.Line);
    }

    [Fact]
    public void DocumentWithoutEndIsIncompleteOnlyForInteractiveUse()
    {
        const string Source = "cat <<E\na\n";
        Assert.NotNull(ShellParser.Parse(Source, ShellParserOptions.Bash));
        ShellSyntaxException error = Assert.Throws<ShellSyntaxException>(() => ShellParser.Parse(Source, ShellParserOptions.Bash with { IsInteractive = true }));
        Assert.Equal("<<E", error.OpenConstruct);
    }

    [Theory]
    [InlineData("ll x", "ls -l x")]
    [InlineData("ll", "ls -l")]
    [InlineData("'ll' x", "'ll' x")]
    [InlineData("\\ll x", "\\ll x")]
    [InlineData("x ll", "x ll")]
    [InlineData("a=1 ll; ll | ll", "a=1 ls -l; ls -l | ls -l")]
    [InlineData("ls", "ls --color")]
    [InlineData("s ll ll", "sudo ls -l ll")]
    [InlineData("one", "two one")]
    [InlineData("begin x; end", "{ x; }")]
    [InlineData("$(ll)", "$(ls -l)")]
    [InlineData("nothing x", " x")]
    [InlineData("if ll; then ll; fi", "if ls -l; then ls -l; fi")]
    [InlineData("semi ll", "a; b ll")]
    public void AliasesAreReplacedWhileReading(string source, string expected)
    {
        Dictionary<string, string> aliases = new()
        {
            ["ll"] = "ls -l", ["ls"] = "ls --color", ["s"] = "sudo ", ["one"] = "two", ["two"] = "two one", ["begin"] = "{", ["end"] = "}", ["nothing"] = "", ["if"] = "no", ["semi"] = "a; b",
        };
        if (source.Contains("ll", StringComparison.Ordinal))
        {
            aliases.Remove("ls");
        }

        ShellParserOptions options = ShellParserOptions.Bash with { AliasLookup = name => aliases.GetValueOrDefault(name) };
        Assert.Equal(
            SyntaxDump.Of(ShellParser.Parse(expected, ShellParserOptions.Bash).Body),
            SyntaxDump.Of(ShellParser.Parse(source, options).Body));
    }

    [Fact]
    public void AliasTakesEffectFromTheNextCommandOn()
    {
        Dictionary<string, string> aliases = [];
        ShellParser parser = new("a; a\na\n\na b", ShellParserOptions.Bash with { AliasLookup = name => aliases.GetValueOrDefault(name) });
        Assert.Equal("a", ((SimpleCommand)parser.ParseNextCommand()!.Items[1].Statement).LiteralName);
        aliases["a"] = "echo much longer";
        Assert.Equal("echo", ((SimpleCommand)parser.ParseNextCommand()!.Items[0].Statement).LiteralName);
        SimpleCommand last = (SimpleCommand)parser.ParseNextCommand()!.Items[0].Statement;
        Assert.Equal(["echo", "much", "longer", "b"], last.LiteralFields!);
        Assert.Equal(4, last.Words[3].Position.Line);
    }

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("( ", 100_000)]
    [InlineData("((", 1_000_000)]
    [InlineData("$(", 100_000)]
    [InlineData("$((", 100_000)]
    [InlineData("${a:-", 100_000)]
    [InlineData("\"${a:-", 100_000)]
    [InlineData("{ ", 100_000)]
    [InlineData("if ", 100_000)]
    [InlineData("case a in a) ", 100_000)]
    [InlineData("( ", 100_000, "[[ ")]
    [InlineData("! ", 100_000, "[[ ")]
    [InlineData("cat <(", 100_000)]
    [InlineData("function f { ", 100_000)]
    [InlineData("((x $((x ", 10_000)]
    [InlineData("cat <<E\n$(", 2_000)]
    [InlineData("a=($(", 100_000)]
    [InlineData("$[", 100_000)]
    [InlineData("coproc ", 100_000)]
    public void DepthIsLimitedOnASmallStack(string opening, int count, string before = "")
    {
        string source = before + new StringBuilder().Insert(0, opening, count);
        ShellSyntaxException? error = null;
        Thread thread = new(() => error = Assert.Throws<ShellSyntaxException>(() => ShellParser.Parse(source, ShellParserOptions.Bash)), 1536 * 1024);
        thread.Start();
        thread.Join();
        Assert.NotNull(error);
        Assert.True(error.IsFatal);
        Assert.Contains("nested too deeply", error.Message);
    }

    [Fact]
    public void NestingWithinTheLimitIsParsedAndPrintedOnASmallStack()
    {
        string source = new StringBuilder().Insert(0, "$(echo ", 300).Append('x').Append(')', 300).ToString();
        string? printed = null;
        Thread thread = new(() => printed = ShellPrinter.Print(ShellParser.Parse(source, ShellParserOptions.Bash)), 1536 * 1024);
        thread.Start();
        thread.Join();
        Assert.Equal(source + "\n", printed);
    }

    [Fact]
    public void PartsOfACommandAreLimited()
    {
        ShellParserOptions options = ShellParserOptions.Bash with { MaxParts = 1000 };
        string line = new StringBuilder("echo").Insert(4, " a", 2000).ToString();
        Assert.True(Assert.Throws<ShellSyntaxException>(() => ShellParser.Parse(line, options)).IsFatal);
        string many = new StringBuilder().Insert(0, "echo a b\n", 2000).ToString();
        ShellParser parser = new(many, options);
        int count = 0;
        while (parser.ParseNextCommand() is not null)
        {
            count++;
        }

        Assert.Equal(2000, count);
    }

    [Fact]
    public void LongLinesAreReadWhole()
    {
        string word = new('a', 50_000_000);
        SimpleCommand command = (SimpleCommand)ShellParser.Parse("echo " + word + " '" + word[..1000] + "'", ShellParserOptions.Bash).Body.Items[0].Statement;
        Assert.Equal(word.Length, command.Words[1].Literal!.Length);
    }

    [Fact]
    public void AnyBytesEndInATreeOrAnError()
    {
        Random random = new(2);
        const string Special = "(){}[]<>|&;$`'\"\\\n \t#!~*?=+-:%/@^,0a.";
        for (int i = 0; i < 20_000; i++)
        {
            string source = string.Create(random.Next(40), random, (span, r) =>
            {
                foreach (ref char c in span)
                {
                    c = r.Next(8) == 0 ? (char)r.Next(256) : Special[r.Next(Special.Length)];
                }
            });
            foreach (ShellParserOptions options in new[] { ShellParserOptions.Bash, ShellParserOptions.Posix })
            {
                if (TryParse(source, options) is { } script)
                {
                    string printed = ShellPrinter.Print(script);
                    Script? again = TryParse(printed, options);
                    Assert.True(again is not null, $"{source} is printed as {printed}");
                    string expected = SyntaxDump.Of(script.Body);
                    string actual = SyntaxDump.Of(again.Body);
                    Assert.True(expected == actual, $"{source} is printed as {printed}:\n{expected}\n{actual}");
                }
            }
        }
    }

    private static Script? TryParse(string source, ShellParserOptions options)
    {
        try
        {
            return ShellParser.Parse(source, options);
        }
        catch (ShellSyntaxException)
        {
            return null;
        }
    }

    private sealed class LineList(params string[] lines) : IShellSource
    {
        public int Read { get; private set; }

        public List<bool> Continuations { get; } = [];

        public string? ReadLine(bool isContinuation)
        {
            if (Read == lines.Length)
            {
                return null;
            }

            Continuations.Add(isContinuation);
            return lines[Read++];
        }
    }
}
