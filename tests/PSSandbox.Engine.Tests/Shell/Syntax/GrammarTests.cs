using PSSandbox.Shell.Syntax;

namespace PSSandbox.Tests.Shell.Syntax;

public class GrammarTests
{
    [Fact]
    public void ValidScriptsAreAccepted()
    {
        foreach (string script in ValidScripts.Bash.Concat(ValidScripts.Extended))
        {
            Assert.True(Accepts(script, ShellParserOptions.Bash, out string? error), $"{script}: {error}");
        }
    }

    [Fact]
    public void InvalidScriptsAreRejected()
    {
        foreach (string script in InvalidScripts.Bash.Concat(InvalidScripts.Strict))
        {
            Assert.False(Accepts(script, ShellParserOptions.Bash, out _), script);
        }
    }

    [Fact]
    public void BashAgrees()
    {
        Assert.SkipUnless(TestPaths.OnPath("bash"), "needs bash");
        foreach (string script in ValidScripts.Bash)
        {
            Assert.True(Tools.Accepts("bash", script), script);
        }

        foreach (string script in InvalidScripts.Bash)
        {
            Assert.False(Tools.Accepts("bash", script), script);
        }
    }

    [Fact]
    public void WhatDashAcceptsIsAcceptedInPosixMode()
    {
        Assert.SkipUnless(TestPaths.OnPath("dash"), "needs dash");
        foreach (string script in ValidScripts.Bash.Concat(InvalidScripts.Bash))
        {
            // POSIX leaves open what these two words mean, so a command of that name can't be relied upon.
            bool isOpen = script.StartsWith("[[", StringComparison.Ordinal) || script.StartsWith("function", StringComparison.Ordinal);
            if (!isOpen && Tools.Accepts("dash", script))
            {
                Assert.True(Accepts(script, ShellParserOptions.Posix, out string? error), $"{script}: {error}");
            }
        }
    }

    [Theory]
    [InlineData("echo {a,b}", "{a,b}")]
    [InlineData("echo $[1+2]", "$[1+2]")]
    [InlineData("echo a{fd}>b", "a{fd}")]
    public void PosixModeLeavesAloneWhatIsTextThere(string script, string text)
    {
        SimpleCommand command = First<SimpleCommand>(script, ShellParserOptions.Posix);
        Assert.Equal(text, command.Words[1].Text);
    }

    [Fact]
    public void AmpersandBeforeGreaterSignEndsTheCommandInPosixMode()
    {
        CommandList list = ShellParser.Parse("a &>b", ShellParserOptions.Posix).Body;
        Assert.Equal(2, list.Items.Length);
        Assert.True(list.Items[0].IsAsync);
        Redirection redirection = First<SimpleCommand>("a &>b", ShellParserOptions.Bash).Redirections[0];
        Assert.Equal(RedirectionOperator.OutputAndError, redirection.Operator);
    }

    [Theory]
    [InlineData("if a; then\nb\ndone", 3, 1, "`done'", "`fi' for `if' of line 1, column 1")]
    [InlineData("echo a\n  )", 2, 3, "`)'", null)]
    [InlineData("while a; b\ndo c; fi", 2, 7, "`fi'", "`done'")]
    [InlineData("case a in a b) c;; esac", 1, 13, "`b'", "`)'")]
    [InlineData("a && ;; b", 1, 6, "`;;'", "a command")]
    [InlineData("echo >\n", 1, 7, "`newline'", "a word")]
    [InlineData("for i in a; b; done", 1, 13, "`b'", "`do'")]
    public void ErrorsNamePlaceTokenAndWhatIsExpected(string script, int line, int column, string token, string? expected)
    {
        ShellSyntaxException error = Assert.Throws<ShellSyntaxException>(() => ShellParser.Parse(script, ShellParserOptions.Bash));
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains("near unexpected token " + token, error.Message);
        Assert.Contains(expected ?? "", error.Message);
        Assert.False(error.IsIncomplete);
    }

    [Theory]
    [InlineData("if a; then b", "if", 1, 1)]
    [InlineData("a; while b; do", "while", 1, 4)]
    [InlineData("case a in", "case", 1, 1)]
    [InlineData("echo \"a\nb", "\"", 1, 6)]
    [InlineData("\n echo 'a", "'", 2, 7)]
    [InlineData("echo $(a; b", "$(", 1, 6)]
    [InlineData("echo ${a:-b", "${", 1, 6)]
    [InlineData("echo \"${a:-b", "${", 1, 7)]
    [InlineData("echo `a", "`", 1, 6)]
    [InlineData("echo $((1+", "$((", 1, 6)]
    [InlineData("echo $'a", "$'", 1, 6)]
    [InlineData("(a", "(", 1, 1)]
    [InlineData("{ a", "{", 1, 1)]
    [InlineData("a=(b", "(", 1, 3)]
    [InlineData("[[ a", "[[", 1, 1)]
    [InlineData("a && ", "command", 0, 0)]
    [InlineData("a |", "command", 0, 0)]
    public void IncompleteInputNamesWhatIsOpenAndWhere(string script, string construct, int line, int column)
    {
        ShellSyntaxException error = Assert.Throws<ShellSyntaxException>(() => ShellParser.Parse(script, ShellParserOptions.Bash));
        Assert.True(error.IsIncomplete);
        Assert.Equal(construct, error.OpenConstruct);
        Assert.Equal((line, column), (error.Opened.Line, error.Opened.Column));
    }

    [Fact]
    public void PositionsCountLinesInsideQuotesAndDocuments()
    {
        const string Source = "a 'x\ny'\ncat <<E\nb\nE\n\\\n\nc \"\n\" d # e\nf";
        CommandList list = ShellParser.Parse(Source, ShellParserOptions.Bash).Body;
        Assert.Equal([1, 3, 8, 10], list.Items.Select(item => item.Statement.Position.Line));
        SimpleCommand third = (SimpleCommand)list.Items[2].Statement;
        Assert.Equal(new SourcePosition(Source.IndexOf(" d ", StringComparison.Ordinal) + 1, 9, 3), third.Words[2].Position);
    }

    [Fact]
    public void LineContinuationsMayDivideAnyToken()
    {
        const string Source = "while a=$b && c ; do d${efg:-h}|i || case j in k) l ;; esac ; done && x=y z >> o $((1+2)) ~/p";
        string expected = SyntaxDump.Of(ShellParser.Parse(Source, ShellParserOptions.Bash).Body);
        for (int i = 0; i <= Source.Length; i++)
        {
            // Between the parentheses of arithmetic, and in a tilde-prefix, other shells differ too.
            bool isOpen = i > 0 && i < Source.Length && (Source[i - 1] == '(' || Source[i] == '(' || (Source[i - 1] == ')' && Source[i] == ')'));
            if (!isOpen)
            {
                string divided = Source.Insert(i, "\\\n\\\n");
                Script script = ShellParser.Parse(divided + "\nlast", ShellParserOptions.Bash);
                Assert.True(expected[..^3] == SyntaxDump.Of(new CommandList(default, [script.Body.Items[0]]))[..^3], divided);
                Assert.Equal(4, script.Body.Items[1].Statement.Position.Line);
            }
        }
    }

    [Fact]
    public void CommentsAreKeptOnRequest()
    {
        Script script = ShellParser.Parse("#!/bin/sh\na # b\n# c\nd \\# '#' e#f ${#g}", ShellParserOptions.Bash with { KeepComments = true });
        Assert.Equal(["#!/bin/sh", "# b", "# c"], script.Comments.Select(comment => comment.Text));
        Assert.Equal(new SourcePosition(12, 2, 3), script.Comments[1].Position);
        Assert.Contains("# c\nd", ShellPrinter.Print(script));
    }

    internal static T First<T>(string script, ShellParserOptions? options = null)
        where T : Statement => (T)ShellParser.Parse(script, options ?? ShellParserOptions.Bash).Body.Items[0].Statement;

    private static bool Accepts(string script, ShellParserOptions options, out string? error)
    {
        try
        {
            ShellParser.Parse(script, options);
            error = null;
            return true;
        }
        catch (ShellSyntaxException exception)
        {
            error = exception.Message;
            return false;
        }
    }
}
