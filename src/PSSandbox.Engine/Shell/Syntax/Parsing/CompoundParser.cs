namespace PSSandbox.Shell.Syntax;

/// <summary>Reads compound commands, without the redirections after them.</summary>
internal sealed class CompoundParser(ShellParser parser)
{
    private readonly SourceText _source = parser.Source;
    private readonly ConditionalParser _conditionals = new(parser);

    /// <summary>Reads the compound command that begins with this reserved word, or with a parenthesis.</summary>
    public Command Parse(ReservedWord word, SourcePosition position)
    {
        if (word == ReservedWord.None)
        {
            return ParseParenthesis(position);
        }

        switch (word)
        {
            case ReservedWord.OpenBrace:
                parser.Blanks.Take(word);
                CommandList body = parser.Lists.Parse("{", position);
                parser.Blanks.Expect(ReservedWord.CloseBrace, "{", position);
                return new BraceGroup(position, body);
            case ReservedWord.If:
                return ParseIf(position);
            case ReservedWord.While or ReservedWord.Until:
                return ParseLoop(word, position);
            case ReservedWord.For or ReservedWord.Select:
                return ParseFor(word, position);
            case ReservedWord.Case:
                return ParseCase(position);
            case ReservedWord.Conditional:
                return _conditionals.Parse(position);
            case ReservedWord.Function:
                return ParseFunction(position);
            case ReservedWord.Coproc:
                return ParseCoproc(position);
            default:
                throw parser.Unexpected("a command");
        }
    }

    private Command ParseParenthesis(SourcePosition position)
    {
        ShellSyntaxException? incomplete = null;
        if (_source.Ahead(1) == '(')
        {
            _source.Index++;
            WordPart[]? parts = parser.Expansions.TryParseArithmetic("((", position, out incomplete);
            if (parts is not null)
            {
                return new ArithmeticCommand(position, new ArithmeticExpression(position, parts));
            }

            _source.Index--;
        }

        try
        {
            _source.Index++;
            CommandList body = parser.Lists.Parse("(", position);
            parser.Expect(')', "(", position);
            return new Subshell(position, body);
        }
        catch (ShellSyntaxException exception) when (exception.IsIncomplete && incomplete is not null)
        {
            throw incomplete;
        }
    }

    private IfCommand ParseIf(SourcePosition position)
    {
        List<IfBranch> branches = [];
        parser.Blanks.Take(ReservedWord.If);
        while (true)
        {
            CommandList condition = parser.Lists.Parse("if", position);
            parser.Blanks.Expect(ReservedWord.Then, "if", position);
            branches.Add(new IfBranch(condition, parser.Lists.Parse("if", position)));
            if (parser.Blanks.PeekReserved() != ReservedWord.Elif)
            {
                break;
            }

            parser.Blanks.Take(ReservedWord.Elif);
        }

        CommandList? otherwise = null;
        if (parser.Blanks.PeekReserved() == ReservedWord.Else)
        {
            parser.Blanks.Take(ReservedWord.Else);
            otherwise = parser.Lists.Parse("if", position);
        }

        parser.Blanks.Expect(ReservedWord.Fi, "if", position);
        return new IfCommand(position, branches.ToArray(), otherwise);
    }

    private LoopCommand ParseLoop(ReservedWord word, SourcePosition position)
    {
        string construct = ReservedWords.TextOf(word);
        parser.Blanks.Take(word);
        CommandList condition = parser.Lists.Parse(construct, position);
        return new LoopCommand(position, word == ReservedWord.Until, condition, ParseDoGroup(construct, position));
    }

    private CommandList ParseDoGroup(string construct, SourcePosition position)
    {
        parser.Blanks.Expect(ReservedWord.Do, construct, position);
        CommandList body = parser.Lists.Parse(construct, position);
        parser.Blanks.Expect(ReservedWord.Done, construct, position);
        return body;
    }

    private Command ParseFor(ReservedWord word, SourcePosition position)
    {
        string construct = ReservedWords.TextOf(word);
        parser.Blanks.Take(word);
        parser.Blanks.SkipBlanks();
        if (word == ReservedWord.For && _source.Current == '(' && _source.Ahead(1) == '(')
        {
            return ParseArithmeticFor(position);
        }

        string name = ReadName($"a name after `{construct}'", construct, position);
        if (parser.IsPosix && !CharacterClass.IsName(name))
        {
            throw new ShellSyntaxException(position, $"syntax error: `{name}': not a valid identifier");
        }

        Word[]? words = null;
        parser.Blanks.SkipBlanks();
        if (_source.Current == ';')
        {
            _source.Index++;
            parser.Blanks.SkipNewlines();
        }
        else
        {
            parser.Blanks.SkipNewlines();
            if (parser.Blanks.PeekReserved() == ReservedWord.In)
            {
                parser.Blanks.Take(ReservedWord.In);
                words = ParseWords(construct, position);
            }
        }

        CommandList body = ParseBody(construct, position);
        return word == ReservedWord.For ? new ForCommand(position, name, words, body) : new SelectCommand(position, name, words, body);
    }

    private Word[] ParseWords(string construct, SourcePosition position)
    {
        List<Word> words = [];
        while (true)
        {
            parser.Blanks.SkipBlanks();
            char c = _source.Current;
            if (c == ';' && _source.Ahead(1) is not (';' or '&'))
            {
                _source.Index++;
                break;
            }

            if (c == '\n')
            {
                break;
            }

            Word word = parser.Words.Parse(WordContext.Argument);
            if (word.Parts.Length == 0)
            {
                throw parser.Unexpected("a word, `;' or a newline", construct, position);
            }

            words.Add(word);
        }

        parser.Blanks.SkipNewlines();
        return words.ToArray();
    }

    // do … done, or { … } as in the Korn shell.
    private CommandList ParseBody(string construct, SourcePosition position)
    {
        if (parser.Blanks.PeekReserved() != ReservedWord.OpenBrace)
        {
            return ParseDoGroup(construct, position);
        }

        parser.Blanks.Take(ReservedWord.OpenBrace);
        CommandList body = parser.Lists.Parse(construct, position);
        parser.Blanks.Expect(ReservedWord.CloseBrace, construct, position);
        return body;
    }

    private ArithmeticForCommand ParseArithmeticFor(SourcePosition position)
    {
        _source.Index += 2;
        ArithmeticExpression? initial = ParseForExpression(';', position);
        ArithmeticExpression? condition = ParseForExpression(';', position);
        ArithmeticExpression? step = ParseForExpression(')', position);
        if (_source.Current != ')')
        {
            throw parser.Unexpected("`))'", "((", position);
        }

        _source.Index++;
        parser.Blanks.SkipBlanks();
        if (_source.Current == ';')
        {
            _source.Index++;
        }

        parser.Blanks.SkipNewlines();
        return new ArithmeticForCommand(position, initial, condition, step, ParseBody("for", position));
    }

    private ArithmeticExpression? ParseForExpression(char end, SourcePosition opened)
    {
        parser.Blanks.SkipBlanks();
        SourcePosition position = _source.Position;
        WordPart[] parts = parser.Quotes.ParseParts(QuotedContext.ForArithmetic, "((", opened, out _);
        if (_source.Current != end)
        {
            throw parser.Unexpected(end == ';' ? "`;'" : "`))'", "((", opened);
        }

        _source.Index++;
        bool isBlank = parts.Length == 0 || (parts is [LiteralPart literal] && string.IsNullOrWhiteSpace(literal.Text));
        return isBlank ? null : new ArithmeticExpression(position, parts);
    }

    private CaseCommand ParseCase(SourcePosition position)
    {
        parser.Blanks.Take(ReservedWord.Case);
        parser.Blanks.SkipBlanks();
        Word subject = parser.Words.Parse(WordContext.Pattern);
        if (subject.Parts.Length == 0)
        {
            throw parser.Unexpected("a word after `case'", "case", position);
        }

        parser.Blanks.SkipNewlines();
        parser.Blanks.Expect(ReservedWord.In, "case", position);
        List<CaseClause> clauses = [];
        while (true)
        {
            parser.Blanks.SkipNewlines();
            if (parser.Blanks.PeekReserved() == ReservedWord.Esac)
            {
                break;
            }

            CaseClause clause = ParseClause(position, out bool isLast);
            clauses.Add(clause);
            if (isLast)
            {
                break;
            }
        }

        parser.Blanks.Expect(ReservedWord.Esac, "case", position);
        return new CaseCommand(position, subject, clauses.ToArray());
    }

    private CaseClause ParseClause(SourcePosition opened, out bool isLast)
    {
        SourcePosition position = _source.Position;
        if (_source.Current == '(')
        {
            _source.Index++;
        }

        List<Word> patterns = [];
        while (true)
        {
            parser.Blanks.SkipBlanks();
            Word pattern = parser.Words.Parse(WordContext.Pattern);
            if (pattern.Parts.Length == 0)
            {
                throw parser.Unexpected("a pattern or `esac'", "case", opened);
            }

            patterns.Add(pattern);
            parser.Blanks.SkipBlanks();
            if (_source.Current != '|')
            {
                break;
            }

            _source.Index++;
        }

        if (_source.Current != ')')
        {
            throw parser.Unexpected("`)' after the pattern", "case", opened);
        }

        _source.Index++;
        CommandList body = parser.Lists.ParseOptional();
        CaseTerminator terminator = ReadTerminator(out isLast);
        return new CaseClause(position, patterns.ToArray(), body.Items.Length == 0 ? null : body, terminator);
    }

    private CaseTerminator ReadTerminator(out bool isLast)
    {
        isLast = _source.Current != ';';
        if (isLast)
        {
            return CaseTerminator.Break;
        }

        char second = _source.Ahead(1);
        if (second == '&')
        {
            _source.Index += 2;
            return CaseTerminator.FallThrough;
        }

        if (second != ';')
        {
            throw parser.Unexpected("`;;' or `esac'");
        }

        bool isTestNext = _source.Ahead(2) == '&';
        _source.Index += isTestNext ? 3 : 2;
        return isTestNext ? CaseTerminator.TestNext : CaseTerminator.Break;
    }

    private FunctionDefinition ParseFunction(SourcePosition position)
    {
        parser.Blanks.Take(ReservedWord.Function);
        parser.Blanks.SkipBlanks();
        string name = ReadName("a name after `function'", "function", position);
        parser.Blanks.SkipBlanks();
        if (_source.Current == '(' && IsEmptyParentheses())
        {
            _source.Index++;
            parser.Expect(')', "(", position);
        }

        return new FunctionDefinition(position, name, parser.Commands.ParseFunctionBody(), hasKeyword: true);
    }

    // After `function name`, parentheses with something in them are the body.
    private bool IsEmptyParentheses()
    {
        int ahead = 1;
        while (_source.Ahead(ahead) is ' ' or '\t')
        {
            ahead++;
        }

        return _source.Ahead(ahead) == ')';
    }

    private CoprocCommand ParseCoproc(SourcePosition position)
    {
        parser.Blanks.Take(ReservedWord.Coproc);
        parser.Blanks.SkipBlanks();
        string? name = null;
        if (parser.Blanks.PeekReserved() == ReservedWord.None && CharacterClass.IsNameStart(_source.Current))
        {
            // A name is one only before a compound command.
            var mark = _source.Mark();
            Word word = parser.Words.Parse(WordContext.Argument);
            parser.Blanks.SkipBlanks();
            bool isCompound = _source.Current == '(' || parser.Blanks.PeekReserved() is > ReservedWord.Bang and < ReservedWord.In and not ReservedWord.Time;
            if (isCompound && word.Literal is { } text && CharacterClass.IsName(text))
            {
                name = text;
            }
            else
            {
                _source.Return(mark);
            }
        }

        return new CoprocCommand(position, name, parser.Commands.Parse());
    }

    private string ReadName(string expected, string construct, SourcePosition opened)
    {
        Word word = parser.Words.Parse(WordContext.Pattern);
        return word.Parts is [LiteralPart name] ? name.Text : throw parser.Unexpected(expected, construct, opened);
    }
}
