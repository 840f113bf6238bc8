using System.Globalization;
using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>Reads redirections.</summary>
internal sealed class RedirectionParser(ShellParser parser)
{
    private readonly SourceText _source = parser.Source;

    /// <summary>Reads the redirection at the current place; null, with nothing taken, if none is there.</summary>
    public Redirection? TryParse()
    {
        SourcePosition position = _source.Position;
        char c = _source.Current;
        int descriptor = -1;
        string? variable = null;
        int prefix = 0;
        if (char.IsAsciiDigit(c))
        {
            prefix = 1;
            while (char.IsAsciiDigit(_source.Ahead(prefix)))
            {
                prefix++;
            }

            if (_source.Ahead(prefix) is not ('<' or '>')
                || !int.TryParse(_source.Span(_source.Index, _source.Index + prefix), NumberStyles.None, null, out descriptor))
            {
                return null;
            }
        }
        else if (c == '{' && !parser.IsPosix)
        {
            prefix = MeasureVariable();
            if (prefix == 0)
            {
                return null;
            }

            variable = WordTexts.Get(_source.Span(_source.Index + 1, _source.Index + prefix - 1));
        }
        else if (c == '&')
        {
            if (parser.IsPosix || _source.Ahead(1) != '>')
            {
                return null;
            }
        }
        else if (c is not ('<' or '>') || _source.Ahead(1) == '(')
        {
            return null;
        }

        _source.Index += prefix;
        RedirectionOperator op = ReadOperator();
        parser.CountPart();
        return op is RedirectionOperator.HereDocument or RedirectionOperator.HereDocumentStripTabs
            ? ParseHereDocument(position, op, descriptor, variable)
            : new Redirection(position, op, descriptor, variable, ParseTarget(op));
    }

    /// <summary>Reads the redirections after a compound command.</summary>
    public Redirection[] ParseAll()
    {
        parser.Blanks.SkipBlanks();
        Redirection? first = TryParse();
        if (first is null)
        {
            return [];
        }

        List<Redirection> all = [first];
        parser.Blanks.SkipBlanks();
        while (TryParse() is { } next)
        {
            all.Add(next);
            parser.Blanks.SkipBlanks();
        }

        return all.ToArray();
    }

    private int MeasureVariable()
    {
        int length = 1;
        while (CharacterClass.IsNamePart(_source.Ahead(length)))
        {
            length++;
        }

        if (length > 1 && _source.Ahead(length) == '[')
        {
            int subscript = ++length;
            while (_source.Ahead(length) is var c && c != ']' && c != SourceText.End && c is not ('\'' or '"' or '`' or '\\')
                && CharacterClass.Of(c) != CharacterClass.Meta)
            {
                length++;
            }

            if (length++ == subscript || _source.Ahead(length - 1) != ']')
            {
                return 0;
            }
        }

        return length > 1 && !char.IsAsciiDigit(_source.Ahead(1)) && _source.Ahead(length) == '}' && _source.Ahead(length + 1) is '<' or '>' ? length + 1 : 0;
    }

    private RedirectionOperator ReadOperator()
    {
        char c = _source.Current;
        _source.Index++;
        parser.Words.SkipContinuations();
        char next = _source.Current;
        if (c == '&')
        {
            _source.Index++;
            if (_source.Current == '>')
            {
                _source.Index++;
                return RedirectionOperator.AppendOutputAndError;
            }

            return RedirectionOperator.OutputAndError;
        }

        if (c == '>')
        {
            _source.Index += next is '>' or '&' or '|' ? 1 : 0;
            return next switch
            {
                '>' => RedirectionOperator.Append,
                '&' => RedirectionOperator.DuplicateOutput,
                '|' => RedirectionOperator.Clobber,
                _ => RedirectionOperator.Output,
            };
        }

        switch (next)
        {
            case '>':
                _source.Index++;
                return RedirectionOperator.ReadWrite;
            case '&':
                _source.Index++;
                return RedirectionOperator.DuplicateInput;
            case '<':
                _source.Index++;
                parser.Words.SkipContinuations();
                bool isLonger = _source.Current is '<' or '-';
                RedirectionOperator op = !isLonger ? RedirectionOperator.HereDocument
                    : _source.Current == '<' ? RedirectionOperator.HereString
                    : RedirectionOperator.HereDocumentStripTabs;
                _source.Index += isLonger ? 1 : 0;
                return op;
            default:
                return RedirectionOperator.Input;
        }
    }

    private Word ParseTarget(RedirectionOperator op)
    {
        parser.Blanks.SkipBlanks();
        Word target = parser.Words.Parse(op == RedirectionOperator.HereString ? WordContext.Pattern : WordContext.Argument);
        if (target.Parts.Length == 0)
        {
            throw parser.Unexpected($"a word after `{op.ToSource()}'");
        }

        return target;
    }

    private Redirection ParseHereDocument(SourcePosition position, RedirectionOperator op, int descriptor, string? variable)
    {
        parser.Blanks.SkipBlanks();
        SourcePosition begin = _source.Position;
        string delimiter = ReadDelimiter(out bool isQuoted);
        if (delimiter.Length == 0 && !isQuoted)
        {
            throw parser.Unexpected("a delimiter of a here-document");
        }

        WordPart part = isQuoted ? new QuotedPart(begin, delimiter, QuoteStyle.Single) : new LiteralPart(begin, delimiter, WordFlags.None);
        Redirection redirection = new(position, op, descriptor, variable, new Word(begin, [part]));
        parser.Documents.Add(redirection, delimiter, isQuoted);
        return redirection;
    }

    // Quotes are removed from a delimiter, but nothing in it is expanded.
    private string ReadDelimiter(out bool isQuoted)
    {
        StringBuilder text = new();
        SourcePosition opened = default;
        char quote = '\0';
        isQuoted = false;
        while (true)
        {
            char c = _source.Current;
            if (c == SourceText.End)
            {
                return quote == '\0' ? text.ToString() : throw parser.Unterminated(quote.ToString(), opened);
            }

            if (quote == '\0' && CharacterClass.Of(c) == CharacterClass.Meta)
            {
                return text.ToString();
            }

            if (c == '\\' && quote != '\'' && _source.Ahead(1) == '\n')
            {
                parser.Words.SkipContinuations();
                continue;
            }

            if (quote == '\0' && c is '\'' or '"')
            {
                isQuoted = true;
                quote = c;
                opened = _source.Position;
            }
            else if (quote == '\0' && c == '$' && _source.Ahead(1) is '\'' or '"' && !parser.IsPosix)
            {
                // The dollar sign of $'…' belongs to the quotes.
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (c == '\\' && (quote == '\0' || (quote == '"' && _source.Ahead(1) is '"' or '\\' or '$' or '`')))
            {
                isQuoted = true;
                _source.Index++;
                text.Append(_source.Current == SourceText.End ? '\\' : _source.Current);
            }
            else
            {
                text.Append(c);
            }

            if (c == '\n')
            {
                throw parser.Unexpected("a delimiter on one line");
            }

            if (_source.Current != SourceText.End)
            {
                _source.Index++;
            }
        }
    }
}
