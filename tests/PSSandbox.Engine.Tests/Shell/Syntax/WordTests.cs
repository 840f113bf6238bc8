using PSSandbox.Shell.Syntax;

namespace PSSandbox.Tests.Shell.Syntax;

public class WordTests
{
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("a'b c'\"d\"\\e", "ab cde")]
    [InlineData("''", "")]
    [InlineData("\"\"", "")]
    [InlineData("$'a\\tb'", "a\tb")]
    [InlineData("'*'", "*")]
    [InlineData("\\~", "~")]
    [InlineData("a\\\nb", "ab")]
    [InlineData("\"a\\\nb\"", "ab")]
    [InlineData("\"\\a\\$\\\"\\\\\"", "\\a$\"\\")]
    [InlineData("a~", "a~")]
    [InlineData("{a}", "{a}")]
    [InlineData("a=b", "a=b")]
    [InlineData("$", "$")]
    [InlineData("\"$\"", "$")]
    [InlineData("a#b", "a#b")]
    [InlineData("]", "]")]
    public void LiteralWordsAreKnownWithoutExpansion(string source, string expected)
    {
        Word word = Argument(source);
        Assert.Equal(expected, word.Literal);
        Assert.Equal(["echo", expected], GrammarTests.First<SimpleCommand>("echo " + source).LiteralFields!);
    }

    [Theory]
    [InlineData("*", WordFlags.HasGlob)]
    [InlineData("a?b", WordFlags.HasGlob)]
    [InlineData("[a]", WordFlags.HasGlob)]
    [InlineData("@(a|b)", WordFlags.HasGlob | WordFlags.HasExtendedGlob)]
    [InlineData("~", WordFlags.HasTilde)]
    [InlineData("~/a", WordFlags.HasTilde)]
    [InlineData("~root/a", WordFlags.HasTilde)]
    [InlineData("a=~", WordFlags.HasTilde)]
    [InlineData("{a,b}", WordFlags.HasBrace)]
    [InlineData("{1..3}", WordFlags.HasBrace)]
    [InlineData("$a", WordFlags.HasExpansion | WordFlags.HasUnquotedExpansion)]
    [InlineData("\"$a\"", WordFlags.HasExpansion | WordFlags.HasQuote)]
    [InlineData("\"$@\"", WordFlags.HasExpansion | WordFlags.HasQuote | WordFlags.HasList)]
    [InlineData("\"${a[@]}\"", WordFlags.HasExpansion | WordFlags.HasQuote | WordFlags.HasList)]
    [InlineData("\"${a[*]}\"", WordFlags.HasExpansion | WordFlags.HasQuote)]
    [InlineData("$(a)", WordFlags.HasExpansion | WordFlags.HasUnquotedExpansion)]
    [InlineData("\"$(a)\"'b'", WordFlags.HasExpansion | WordFlags.HasQuote)]
    [InlineData("<(a)", WordFlags.HasExpansion)]
    public void FlagsTellWhatExpansionWillDo(string source, object flags)
    {
        Word word = Argument(source);
        Assert.Equal(flags, word.Flags);
        Assert.Null(word.Literal);
    }

    [Theory]
    [InlineData("${a}", ParameterOperator.None, "a")]
    [InlineData("${a:-b}", ParameterOperator.Default, "a")]
    [InlineData("${#a}", ParameterOperator.Length, "a")]
    [InlineData("${#}", ParameterOperator.None, "#")]
    [InlineData("${##}", ParameterOperator.Length, "#")]
    [InlineData("${#-}", ParameterOperator.Length, "-")]
    [InlineData("${#-b}", ParameterOperator.Default, "#")]
    [InlineData("${#:-b}", ParameterOperator.Default, "#")]
    [InlineData("${##a}", ParameterOperator.RemoveShortestPrefix, "#")]
    [InlineData("${10}", ParameterOperator.None, "10")]
    [InlineData("${01}", ParameterOperator.None, "1")]
    [InlineData("${!a}", ParameterOperator.None, "a")]
    [InlineData("${!}", ParameterOperator.None, "!")]
    [InlineData("${!a*}", ParameterOperator.NamesWithPrefix, "a")]
    [InlineData("${!a[@]}", ParameterOperator.Keys, "a")]
    [InlineData("${a##*/}", ParameterOperator.RemoveLongestPrefix, "a")]
    [InlineData("${a%%b}", ParameterOperator.RemoveLongestSuffix, "a")]
    [InlineData("${a//b/c}", ParameterOperator.ReplaceAll, "a")]
    [InlineData("${a/#b/c}", ParameterOperator.ReplacePrefix, "a")]
    [InlineData("${a/%b}", ParameterOperator.ReplaceSuffix, "a")]
    [InlineData("${a:1:2}", ParameterOperator.Substring, "a")]
    [InlineData("${a^^}", ParameterOperator.UppercaseAll, "a")]
    [InlineData("${a,b}", ParameterOperator.LowercaseFirst, "a")]
    [InlineData("${a@Q}", ParameterOperator.Transform, "a")]
    [InlineData("${a!}", ParameterOperator.Invalid, "")]
    [InlineData("${a b}", ParameterOperator.Invalid, "")]
    public void ParameterExpansions(string source, object op, string name)
    {
        ParameterPart part = Assert.IsType<ParameterPart>(Assert.Single(Argument(source).Parts));
        Assert.Equal((op, name), ((object)part.Operator, part.Name));
        Assert.Equal(source is "${!a}", part.IsIndirect);
    }

    [Theory]
    [InlineData("${a////_}", "/", "_")]
    [InlineData("${a//\\//_}", "/", "_")]
    [InlineData("${a/[a-z]*/'b}'}", "[a-z]*", "b}")]
    [InlineData("${a//}", null, null)]
    [InlineData("${a/b/}", "b", "")]
    public void Replacements(string source, string? pattern, string? replacement)
    {
        ParameterPart part = (ParameterPart)Argument(source).Parts[0];
        Assert.Equal(pattern, part.Argument?.Text);
        Assert.Equal(replacement, part.Replacement?.Text);
    }

    [Fact]
    public void WordOfDefaultIsQuotedInsideDoubleQuotes()
    {
        DoubleQuotedPart outer = (DoubleQuotedPart)Argument("\"${a:-b 'c' \"d\" \\}}\"").Parts[0];
        ParameterPart part = (ParameterPart)outer.Parts[0];
        QuotedPart word = Assert.IsType<QuotedPart>(Assert.Single(part.Argument!.Parts));
        Assert.Equal("b 'c' d }", word.Text);
    }

    [Fact]
    public void SimpleCommandKeepsAssignmentsAndDeclarations()
    {
        SimpleCommand command = GrammarTests.First<SimpleCommand>("a=1 b[i]+=2 command export c=$d e=(x [2]=y) -f g");
        Assert.Equal(["a", "b"], command.Assignments.Select(a => a.Name));
        Assert.True(command.Assignments[1].IsAppend);
        Assert.Equal("i", command.Assignments[1].Subscript!.Text.Text);
        Assert.Null(command.LiteralFields);
        Assert.Equal(["c", "e"], command.Words.Where(w => w.Assignment is not null).Select(w => w.Assignment!.Name));
        Assert.Equal(2, command.Words[3].Assignment!.Elements!.Length);
        Assert.Equal("2", command.Words[3].Assignment!.Elements![1].Subscript!.Text.Text);
    }

    [Theory]
    [InlineData("a", 1, RedirectionOperator.Output, ">a", -1)]
    [InlineData("1", 2, RedirectionOperator.DuplicateOutput, "2>&1", 1)]
    [InlineData("-", 0, RedirectionOperator.DuplicateInput, "<&-", Redirection.Close)]
    [InlineData("4-", 3, RedirectionOperator.DuplicateInput, "3<&4-", 4)]
    [InlineData("a", 5, RedirectionOperator.ReadWrite, "5<>a", -1)]
    [InlineData("a", 1, RedirectionOperator.Clobber, ">|a", -1)]
    [InlineData("a", 0, RedirectionOperator.HereString, "<<<a", -1)]
    [InlineData("a", 1, RedirectionOperator.AppendOutputAndError, "&>>a", -1)]
    public void Redirections(string target, int descriptor, object op, string source, int targetDescriptor)
    {
        Redirection redirection = Assert.Single(GrammarTests.First<SimpleCommand>("echo " + source).Redirections);
        Assert.Equal((target, descriptor, op), (redirection.Target.Text, redirection.Descriptor, (object)redirection.Operator));
        Assert.Equal(targetDescriptor, redirection.TargetDescriptor);
        Assert.Equal(target == "4-", redirection.IsMove);
    }

    [Fact]
    public void DigitsNotNextToTheOperatorAreAnArgument()
    {
        SimpleCommand command = GrammarTests.First<SimpleCommand>("echo 2 >a b3>c");
        Assert.Equal(["echo", "2", "b3"], command.LiteralFields!);
    }

    [Theory]
    [InlineData("cat <<E\na\n$b\nE\n", "E", false)]
    [InlineData("cat <<'E'\na\n$b\nE\n", "E", true)]
    [InlineData("cat <<-E\n\ta\n\t\t$b\n\tE\n", "E", false)]
    [InlineData("cat <<\"E F\"\na\n$b\nE F", "E F", true)]
    [InlineData("cat <<E\na\n$b", "E", false)]
    public void HereDocuments(string source, string delimiter, bool isQuoted)
    {
        HereDocument document = GrammarTests.First<SimpleCommand>(source).Redirections[0].Document!;
        Assert.Equal((delimiter, isQuoted), (document.Delimiter, document.IsQuoted));
        if (isQuoted)
        {
            Assert.Equal("a\n$b\n", document.Body.Literal);
        }
        else
        {
            DoubleQuotedPart body = Assert.IsType<DoubleQuotedPart>(Assert.Single(document.Body.Parts));
            Assert.Equal(["a\n", "b", "\n"], body.Parts.Select(p => p.LiteralText ?? ((ParameterPart)p).Name));
        }
    }

    [Fact]
    public void DocumentsOfACommandSubstitutionEndInIt()
    {
        SimpleCommand command = GrammarTests.First<SimpleCommand>("cat <<A $(cat <<B\nb\nB\n)\na\nA\n");
        Assert.Equal("a\n", command.Redirections[0].Document!.Body.Literal);
        CommandSubstitutionPart inner = (CommandSubstitutionPart)command.Words[1].Parts[0];
        Assert.Equal("b\n", ((SimpleCommand)inner.Body.Items[0].Statement).Redirections[0].Document!.Body.Literal);
    }

    [Theory]
    [InlineData("$((i+1))", 0, true)]
    [InlineData("$(($i+1))", 1, true)]
    [InlineData("$(( ${#a} * $(b) ))", 2, true)]
    [InlineData("$(($a$b))", 2, false)]
    [InlineData("$((1$a))", 1, false)]
    [InlineData("$((1 $op 2))", 1, false)]
    [InlineData("$((1+))", 0, false)]
    public void ArithmeticIsParsedOnceWhereExpansionsAreWholeOperands(string source, int operands, bool isParsed)
    {
        ArithmeticExpression expression = ((ArithmeticPart)Argument(source).Parts[0]).Expression;
        Assert.Equal(operands, expression.Operands.Length);
        Assert.Equal(isParsed, expression.Tree is not null);
    }

    [Fact]
    public void SubstitutionPutsValuesInThePlaceOfMarkers()
    {
        ArithmeticExpression expression = ((ArithmeticPart)Argument("$(( $a$b + c[$a] ))").Parts[0]).Expression;
        Assert.Equal(" 12 + c[3] ", expression.Substitute(["1", "2", "3"]));
    }

    [Fact]
    public void ParenthesesThatAreNoArithmeticAreSubshells()
    {
        Assert.IsType<ArithmeticPart>(Argument("$(((1)+(2)))").Parts[0]);
        Assert.IsType<CommandSubstitutionPart>(Argument("$((a); (b))").Parts[0]);
        Assert.IsType<CommandSubstitutionPart>(Argument("$((case a in a) b;; esac); c)").Parts[0]);
        Assert.IsType<Subshell>(GrammarTests.First<Subshell>("((a) | b)"));
    }

    [Fact]
    public void FileInCommandSubstitutionIsRecognized()
    {
        Assert.NotNull(((CommandSubstitutionPart)Argument("$(<a)").Parts[0]).InputFile);
        Assert.Null(((CommandSubstitutionPart)Argument("$(<a b)").Parts[0]).InputFile);
        Assert.Null(((CommandSubstitutionPart)Argument("$(3<a)").Parts[0]).InputFile);
    }

    private static Word Argument(string source) => GrammarTests.First<SimpleCommand>("echo " + source).Words[1];
}
