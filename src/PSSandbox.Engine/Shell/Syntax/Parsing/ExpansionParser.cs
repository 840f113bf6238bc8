using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>Reads what begins with a dollar sign or a backquote, and process substitutions.</summary>
internal sealed class ExpansionParser(ShellParser parser)
{
    private readonly SourceText _source = parser.Source;
    private HashSet<int>? _notArithmetic;

    /// <summary>Whether the dollar sign at the current place begins anything; otherwise it is text.</summary>
    public bool IsExpansion(bool inDoubleQuotes)
    {
        parser.JoinLines(1);
        char c = _source.Ahead(1);
        return CharacterClass.IsNamePart(c)
            || c is '{' or '(' or '@' or '*' or '#' or '?' or '-' or '$' or '!'
            || (c == '[' && !parser.IsPosix)
            || (!inDoubleQuotes && (c == '\'' || (c == '"' && !parser.IsPosix)));
    }

    /// <summary>Reads an expansion or a quotation that begins with a dollar sign.</summary>
    public WordPart ParseDollar(bool inDoubleQuotes)
    {
        SourcePosition position = _source.Position;
        parser.CountPart();
        char c = _source.Ahead(1);
        switch (c)
        {
            case '{':
                return parser.Parameters.ParseBraced(inDoubleQuotes);
            case '(':
                return _source.Ahead(2) == '(' ? ParseArithmeticOrCommand(position) : ParseCommandSubstitution(position);
            case '[' when !parser.IsPosix:
                return ParseBracketArithmetic(position);
            case '\'' when !inDoubleQuotes:
                return ParseAnsiC(position);
            case '"' when !inDoubleQuotes:
                _source.Index++;
                return parser.Quotes.ParseDoubleQuoted(QuoteStyle.Locale);
            default:
                _source.Index++;
                return new ParameterPart(position, ReadName(c));
        }
    }

    /// <summary>Reads <c>&lt;(…)</c> or <c>&gt;(…)</c>.</summary>
    public ProcessSubstitutionPart ParseProcessSubstitution()
    {
        SourcePosition position = _source.Position;
        bool isOutput = _source.Current == '>';
        _source.Index += 2;
        parser.CountPart();
        return new ProcessSubstitutionPart(position, ParseBody(isOutput ? ">(" : "<(", position), isOutput);
    }

    /// <summary>Reads a command substitution in backquotes.</summary>
    public CommandSubstitutionPart ParseBackquoted(bool inDoubleQuotes)
    {
        SourcePosition position = _source.Position;
        parser.CountPart();
        parser.Enter(position);
        _source.Index++;
        SourcePosition first = _source.Position;
        string text = ReadBackquoted(position, inDoubleQuotes);
        CommandList body = parser.MakeNested(text, first).ParseAll();
        parser.Leave();
        return new CommandSubstitutionPart(position, body, isBackquoted: true);
    }

    /// <summary>
    /// Reads <c>((…))</c> from its second parenthesis on, up to and including the last; null if it is no arithmetic but
    /// nested parentheses. The place is then as before.
    /// </summary>
    /// <param name="construct">What is open, for messages.</param>
    /// <param name="opened">Where.</param>
    /// <param name="incomplete">The error to report if it is no command either, when the source ended in it.</param>
    public WordPart[]? TryParseArithmetic(string construct, SourcePosition opened, out ShellSyntaxException? incomplete)
    {
        incomplete = null;
        ParserSnapshot snapshot = parser.Save();
        int offset = _source.Position.Offset;
        if (_notArithmetic?.Contains(offset) == true)
        {
            return null;
        }

        parser.Enter(opened);
        _source.Index++;
        try
        {
            WordPart[] result = parser.Quotes.ParseParts(QuotedContext.Arithmetic, construct, opened, out bool isMismatched);
            if (!isMismatched)
            {
                _source.Index += 2;
                parser.Leave();
                return result;
            }
        }
        catch (ShellSyntaxException exception) when (!exception.IsFatal && (!exception.IsIncomplete || parser.TakeSecondAttempt()))
        {
            // Maybe it is a command in which the text of arithmetic ends elsewhere, such as a pattern of `case`.
            incomplete = exception.IsIncomplete ? exception : null;
        }

        (_notArithmetic ??= []).Add(offset);
        parser.Restore(snapshot);
        return null;
    }

    private string ReadName(char c)
    {
        int start = _source.Index;
        if (!CharacterClass.IsNameStart(c))
        {
            _source.Index++;
            return WordTexts.Get(_source.Span(start, start + 1));
        }

        while (CharacterClass.IsNamePart(_source.Current))
        {
            _source.Index++;
            parser.JoinLines(0);
        }

        return WordTexts.Get(_source.Span(start, _source.Index));
    }

    private WordPart ParseArithmeticOrCommand(SourcePosition position)
    {
        _source.Index += 2;
        WordPart[]? parts = TryParseArithmetic("$((", position, out ShellSyntaxException? incomplete);
        if (parts is not null)
        {
            return new ArithmeticPart(position, new ArithmeticExpression(position, parts), isBracketed: false);
        }

        _source.Index -= 2;
        try
        {
            return ParseCommandSubstitution(position);
        }
        catch (ShellSyntaxException exception) when (exception.IsIncomplete && incomplete is not null)
        {
            throw incomplete;
        }
    }

    private CommandSubstitutionPart ParseCommandSubstitution(SourcePosition position)
    {
        _source.Index += 2;
        return new CommandSubstitutionPart(position, ParseBody("$(", position), isBackquoted: false);
    }

    private CommandList ParseBody(string construct, SourcePosition opened)
    {
        parser.Enter(opened);
        int documents = parser.Documents.BeginNested();
        CommandList body = parser.Lists.ParseOptional();
        parser.Expect(')', construct, opened);
        parser.Documents.EndNested(documents);
        parser.Leave();
        return body;
    }

    private ArithmeticPart ParseBracketArithmetic(SourcePosition position)
    {
        parser.Enter(position);
        _source.Index += 2;
        WordPart[] parts = parser.Quotes.ParseParts(QuotedContext.BracketArithmetic, "$[", position, out _);
        _source.Index++;
        parser.Leave();
        return new ArithmeticPart(position, new ArithmeticExpression(position, parts), isBracketed: true);
    }

    private QuotedPart ParseAnsiC(SourcePosition position)
    {
        _source.Index += 2;
        int start = _source.Index;
        int end = start;
        while (true)
        {
            int found = _source.Buffer.AsSpan(end, _source.Length - end).IndexOfAny('\'', '\\');
            end = found < 0 ? _source.Length : end + found;
            if (end == _source.Length || (_source.Buffer[end] == '\\' && end + 1 == _source.Length))
            {
                if (!_source.Fill())
                {
                    _source.AdvanceTo(_source.Length);
                    throw parser.Unterminated("$'", position);
                }
            }
            else if (_source.Buffer[end] == '\\')
            {
                end += 2;
            }
            else
            {
                break;
            }
        }

        string text = AnsiCQuoting.Decode(_source.Span(start, end));
        _source.AdvanceTo(end);
        _source.Index++;
        return new QuotedPart(position, text, QuoteStyle.AnsiC);
    }

    private string ReadBackquoted(SourcePosition opened, bool inDoubleQuotes)
    {
        StringBuilder text = new();
        while (true)
        {
            int skip = _source.Buffer.AsSpan(_source.Index, _source.Length - _source.Index).IndexOfAny('`', '\\');
            int end = skip < 0 ? _source.Length : _source.Index + skip;
            text.Append(_source.Span(_source.Index, end));
            _source.AdvanceTo(end);
            char c = _source.Current;
            if (c == SourceText.End)
            {
                throw parser.Unterminated("`", opened);
            }

            if (c == '`')
            {
                _source.Index++;
                return text.ToString();
            }

            if (c == '\\')
            {
                char next = _source.Ahead(1);
                bool isEscape = next is '`' or '$' or '\\' || (inDoubleQuotes && next == '"');
                if (!isEscape)
                {
                    text.Append('\\');
                    _source.Index++;
                }
                else
                {
                    text.Append(next);
                    _source.Index += 2;
                }
            }
        }
    }
}
