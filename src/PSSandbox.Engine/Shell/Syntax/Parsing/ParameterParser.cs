namespace PSSandbox.Shell.Syntax;

/// <summary>Reads <c>${…}</c>.</summary>
internal sealed class ParameterParser(ShellParser parser)
{
    private readonly SourceText _source = parser.Source;

    /// <summary>Reads it from the dollar sign on.</summary>
    public ParameterPart ParseBraced(bool inDoubleQuotes)
    {
        SourcePosition position = _source.Position;
        parser.Enter(position);
        int start = _source.Index;
        _source.Index += 2;
        parser.JoinLines(0);
        ParameterPart? part = TryParse(position, inDoubleQuotes);
        if (part is null || _source.Current != '}')
        {
            part = ReadInvalid(position, start);
        }
        else
        {
            _source.Index++;
        }

        parser.Leave();
        return part;
    }

    /// <summary>Reads a subscript from its opening bracket on.</summary>
    public Subscript ParseSubscript()
    {
        SourcePosition position = _source.Position;
        parser.Enter(position);
        _source.Index++;
        Word text = parser.Words.Parse(WordContext.Subscript);
        if (_source.Current != ']')
        {
            throw parser.Unterminated("[", position);
        }

        _source.Index++;
        parser.Leave();
        SubscriptKind kind = text.Parts is [LiteralPart { Text: "@" or "*" } all] ? all.Text == "@" ? SubscriptKind.At : SubscriptKind.Star : SubscriptKind.Element;
        return new Subscript(position, text, kind, kind == SubscriptKind.Element ? new ArithmeticExpression(position, text.Parts) : null);
    }

    // Null, with the place anywhere before the closing brace, for what is no parameter expansion.
    private ParameterPart? TryParse(SourcePosition position, bool inDoubleQuotes)
    {
        char c = _source.Current;
        if (c == '#' && IsPrefix(isLength: true))
        {
            _source.Index++;
            string? counted = ReadParameter();
            Subscript? subscript = counted is null ? null : TrySubscript(counted);
            return counted is null ? null : new ParameterPart(position, counted, subscript, ParameterOperator.Length);
        }

        bool isIndirect = c == '!' && IsPrefix(isLength: false);
        if (isIndirect)
        {
            _source.Index++;
        }

        string? name = ReadParameter();
        if (name is null)
        {
            return null;
        }

        Subscript? index = TrySubscript(name);
        if (isIndirect && _source.Current == '}' && index is { Kind: not SubscriptKind.Element })
        {
            return new ParameterPart(position, name, index, ParameterOperator.Keys);
        }

        if (isIndirect && index is null && _source.Current is '*' or '@' && _source.Ahead(1) == '}')
        {
            char letter = _source.Current;
            _source.Index++;
            return new ParameterPart(position, name, null, ParameterOperator.NamesWithPrefix) { Letter = letter };
        }

        return ParseOperator(position, name, index, isIndirect, inDoubleQuotes);
    }

    // Whether # or ! is an operator before a parameter, and not itself the parameter.
    private bool IsPrefix(bool isLength)
    {
        char next = _source.Ahead(1);
        if (CharacterClass.IsNamePart(next))
        {
            return true;
        }

        if (!IsSpecial(next))
        {
            return false;
        }

        char after = _source.Ahead(2);
        return after == '}' || (!isLength && next is '@' or '*' or '#' && after is ':' or '-' or '[');
    }

    private static bool IsSpecial(char c) => c is '@' or '*' or '#' or '?' or '-' or '$' or '!';

    private string? ReadParameter()
    {
        int start = _source.Index;
        char c = _source.Current;
        if (CharacterClass.IsNameStart(c))
        {
            while (CharacterClass.IsNamePart(_source.Current))
            {
                _source.Index++;
                parser.JoinLines(0);
            }
        }
        else if (char.IsAsciiDigit(c))
        {
            while (char.IsAsciiDigit(_source.Current))
            {
                _source.Index++;
            }

            ReadOnlySpan<char> digits = _source.Span(start, _source.Index).TrimStart('0');
            return digits.IsEmpty ? "0" : WordTexts.Get(digits);
        }
        else if (IsSpecial(c))
        {
            _source.Index++;
        }
        else
        {
            return null;
        }

        return WordTexts.Get(_source.Span(start, _source.Index));
    }

    private Subscript? TrySubscript(string name) =>
        CharacterClass.IsNameStart(name[0]) && _source.Current == '[' ? ParseSubscript() : null;

    private ParameterPart? ParseOperator(SourcePosition position, string name, Subscript? index, bool isIndirect, bool inDoubleQuotes)
    {
        char c = _source.Current;
        if (c == '}')
        {
            return new ParameterPart(position, name, index) { IsIndirect = isIndirect };
        }

        bool testsNull = c == ':' && _source.Ahead(1) is '-' or '=' or '?' or '+';
        if (testsNull)
        {
            _source.Index++;
            c = _source.Current;
        }

        if (c is '-' or '=' or '?' or '+')
        {
            _source.Index++;
            ParameterOperator op = c switch
            {
                '-' => ParameterOperator.Default,
                '=' => ParameterOperator.Assign,
                '?' => ParameterOperator.Error,
                _ => ParameterOperator.Alternative,
            };
            Word? word = inDoubleQuotes ? ParseQuotedWord(position) : ParseWord(WordContext.Parameter);
            return new ParameterPart(position, name, index, op, word) { TestsNull = testsNull, IsIndirect = isIndirect };
        }

        switch (c)
        {
            case ':':
                return ParseSubstring(position, name, index, isIndirect);
            case '@' when char.IsAsciiLetter(_source.Ahead(1)):
                char letter = _source.Ahead(1);
                _source.Index += 2;
                return "UuLQEPAKak".Contains(letter)
                    ? new ParameterPart(position, name, index, ParameterOperator.Transform) { Letter = letter, IsIndirect = isIndirect }
                    : null;
            case '/':
                return ParseReplacement(position, name, index, isIndirect);
        }

        bool isDouble = _source.Ahead(1) == c;
        ParameterOperator pattern = c switch
        {
            '#' => isDouble ? ParameterOperator.RemoveLongestPrefix : ParameterOperator.RemoveShortestPrefix,
            '%' => isDouble ? ParameterOperator.RemoveLongestSuffix : ParameterOperator.RemoveShortestSuffix,
            '^' => isDouble ? ParameterOperator.UppercaseAll : ParameterOperator.UppercaseFirst,
            ',' => isDouble ? ParameterOperator.LowercaseAll : ParameterOperator.LowercaseFirst,
            '~' => isDouble ? ParameterOperator.ToggleAll : ParameterOperator.ToggleFirst,
            _ => ParameterOperator.Invalid,
        };
        if (pattern == ParameterOperator.Invalid)
        {
            return null;
        }

        _source.Index += isDouble ? 2 : 1;
        return new ParameterPart(position, name, index, pattern, ParseWord(WordContext.Parameter)) { IsIndirect = isIndirect };
    }

    private Word? ParseWord(WordContext context)
    {
        Word word = parser.Words.Parse(context);
        CheckClosed();
        return word.Parts.Length == 0 ? null : word;
    }

    private Word? ParseQuotedWord(SourcePosition opened)
    {
        SourcePosition position = _source.Position;
        WordPart[] parts = parser.Quotes.ParseParts(QuotedContext.Parameter, "${", opened, out _);
        return parts.Length == 0 ? null : new Word(position, [QuoteParser.Quote(position, parts, QuoteStyle.Double)]);
    }

    private ParameterPart ParseReplacement(SourcePosition position, string name, Subscript? index, bool isIndirect)
    {
        _source.Index++;
        ParameterOperator op = _source.Current switch
        {
            '/' => ParameterOperator.ReplaceAll,
            '#' => ParameterOperator.ReplacePrefix,
            '%' => ParameterOperator.ReplaceSuffix,
            _ => ParameterOperator.ReplaceFirst,
        };
        if (op != ParameterOperator.ReplaceFirst)
        {
            _source.Index++;
        }

        Word? pattern;
        if (op == ParameterOperator.ReplaceAll && _source.Current == '/')
        {
            // Right after the second slash a third one belongs to the pattern.
            LiteralPart slash = new(_source.Position, "/", WordFlags.None);
            _source.Index++;
            pattern = MergeLiterals(parser.Words.ParseAfter(slash, WordContext.ParameterPattern));
        }
        else
        {
            pattern = parser.Words.Parse(WordContext.ParameterPattern);
        }

        CheckClosed();
        Word? replacement = null;
        if (_source.Current == '/')
        {
            _source.Index++;
            replacement = parser.Words.Parse(WordContext.Parameter);
            CheckClosed();
        }

        return new ParameterPart(position, name, index, op, pattern.Parts.Length == 0 ? null : pattern) { Replacement = replacement, IsIndirect = isIndirect };
    }

    private static Word MergeLiterals(Word word) => word.Parts is [LiteralPart first, LiteralPart second, ..]
        ? new Word(word.Position, [new LiteralPart(first.Position, first.Text + second.Text, first.Flags | second.Flags), .. word.Parts[2..]])
        : word;

    private ParameterPart ParseSubstring(SourcePosition position, string name, Subscript? index, bool isIndirect)
    {
        _source.Index++;
        SourcePosition begin = _source.Position;
        ArithmeticExpression offset = new(begin, parser.Quotes.ParseParts(QuotedContext.Offset, "${", position, out _));
        ArithmeticExpression? length = null;
        if (_source.Current == ':')
        {
            _source.Index++;
            begin = _source.Position;
            length = new ArithmeticExpression(begin, parser.Quotes.ParseParts(QuotedContext.Length, "${", position, out _));
        }

        return new ParameterPart(position, name, index, ParameterOperator.Substring) { Offset = offset, Length = length, IsIndirect = isIndirect };
    }

    private void CheckClosed()
    {
        if (_source.Current == SourceText.End)
        {
            throw parser.Unterminated("${", parser.LastOpened);
        }
    }

    // An expansion that means nothing is an error only when it is expanded; until then its extent matters.
    private ParameterPart ReadInvalid(SourcePosition position, int start)
    {
        parser.Words.Parse(WordContext.Parameter);
        if (_source.Current != '}')
        {
            throw parser.Unterminated("${", position);
        }

        _source.Index++;
        return new ParameterPart(position, "", null, ParameterOperator.Invalid) { InvalidText = _source.Slice(start) };
    }
}
