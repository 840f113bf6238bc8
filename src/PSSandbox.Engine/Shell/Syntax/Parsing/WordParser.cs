using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>Reads words outside of double quotes.</summary>
internal sealed class WordParser(ShellParser parser)
{
    private readonly SourceText _source = parser.Source;
    private readonly List<WordPart> _parts = parser.Parts;

    /// <summary>Reads a word at the current place; one without parts if none is there.</summary>
    public Word Parse(WordContext context)
    {
        SourceText source = _source;
        char[] buffer = source.Buffer;
        int start = source.Index;
        int i = start;
        while (CharacterClass.Of(buffer[i]) == CharacterClass.Plain)
        {
            i++;
        }

        // Most words are nothing but plain characters.
        if (i > start && CharacterClass.Of(buffer[i]) == CharacterClass.Meta && context <= WordContext.Pattern && buffer[i] is not ('(' or '<' or '>'))
        {
            SourcePosition position = source.Position;
            source.Index = i;
            parser.CountPart();
            return new Word(position, [new LiteralPart(position, WordTexts.Get(source.Span(start, i)), WordFlags.None)]);
        }

        return ParseMixed(context, null);
    }

    /// <summary>Reads a word whose beginning has been read already.</summary>
    public Word ParseAfter(WordPart first, WordContext context) => ParseMixed(context, first);

    /// <summary>Takes line continuations; true if there were any.</summary>
    public bool SkipContinuations()
    {
        bool any = false;
        while (_source.Current == '\\' && _source.Ahead(1) == '\n')
        {
            _source.Index++;
            _source.TakeNewline();
            any = true;
        }

        return any;
    }

    private Word ParseMixed(WordContext context, WordPart? first)
    {
        SourcePosition position = first?.Position ?? _source.Position;
        WordScan scan = new(context, _source.Index, _parts.Count);
        if (first is not null)
        {
            _parts.Add(first);
        }

        if (_source.Current == '~')
        {
            TryTilde(ref scan);
        }

        while (Step(ref scan))
        {
        }

        if (scan.Depth > 0 && context <= WordContext.Regex)
        {
            throw parser.Unterminated(context == WordContext.Regex ? "(" : "extended pattern", position);
        }

        Flush(ref scan);
        WordPart[] parts = parser.TakeParts(scan.Mark);
        if (scan.HasBrace && context == WordContext.Argument && !parser.IsPosix)
        {
            parts = BraceParser.Apply(parts);
        }

        return parts.Length == 0 ? Word.Empty : new Word(position, parts);
    }

    // Takes one run of characters of the same kind; false at the end of the word.
    private bool Step(ref WordScan scan)
    {
        SourceText source = _source;
        char c = source.Current;
        switch (CharacterClass.Of(c))
        {
            case CharacterClass.Plain:
                char[] buffer = source.Buffer;
                int i = source.Index + 1;
                while (CharacterClass.Of(buffer[i]) == CharacterClass.Plain)
                {
                    i++;
                }

                source.Index = i;
                return true;
            case CharacterClass.Glob:
                scan.Flags |= WordFlags.HasGlob;
                scan.Depth += c == '[' && scan.Context == WordContext.Subscript ? 1 : 0;
                source.Index++;
                return true;
            case CharacterClass.Brace:
                scan.HasBrace = true;
                source.Index++;
                return true;
            case CharacterClass.Tilde:
                if (!IsTildePlace(ref scan) || !TryTilde(ref scan))
                {
                    source.Index++;
                }

                return true;
            case CharacterClass.Quote:
                ParseQuoted(ref scan, c);
                return true;
            case CharacterClass.Inner:
                return StepInner(ref scan, c);
            case CharacterClass.Meta:
                return StepMeta(ref scan, c);
            default:
                return false;
        }
    }

    private bool StepInner(ref WordScan scan, char c)
    {
        switch (scan.Context)
        {
            case WordContext.Parameter or WordContext.ParameterPattern when c == '}':
            case WordContext.ParameterPattern when c == '/':
                return false;
            case WordContext.Subscript when c == ']':
                if (scan.Depth == 0)
                {
                    return false;
                }

                scan.Depth--;
                break;
        }

        _source.Index++;
        return true;
    }

    private bool StepMeta(ref WordScan scan, char c)
    {
        bool isPattern = c == '(' && IsExtendedGlob(ref scan);
        if (isPattern)
        {
            scan.Flags |= WordFlags.HasExtendedGlob | WordFlags.HasGlob;
        }

        bool mayBeProcess = scan.Context <= WordContext.Regex || (scan.Context is WordContext.Parameter or WordContext.ParameterPattern && !parser.IsPosix);
        if (c is '<' or '>' && mayBeProcess && scan.Depth == 0 && _source.Ahead(1) == '(')
        {
            Flush(ref scan);
            _parts.Add(parser.Expansions.ParseProcessSubstitution());
            Restart(ref scan);
            return true;
        }

        if (scan.Context <= WordContext.Regex)
        {
            bool opens = c == '(' && (isPattern || scan.Depth > 0 || scan.Context == WordContext.Regex);
            bool stays = opens || scan.Depth > 0 || (c == '|' && scan.Context == WordContext.Regex);
            if (!stays)
            {
                return false;
            }

            scan.Depth += opens ? 1 : c == ')' ? -1 : 0;
        }

        if (c == '\n')
        {
            _source.TakeNewline();
        }
        else
        {
            _source.Index++;
        }

        return true;
    }

    private bool IsExtendedGlob(ref WordScan scan) =>
        scan.Context != WordContext.Regex && _source.Index > scan.RunStart && _source.Buffer[_source.Index - 1] is '?' or '*' or '+' or '@' or '!';

    private void ParseQuoted(ref WordScan scan, char c)
    {
        if (c == '\\')
        {
            ParseBackslash(ref scan);
            return;
        }

        SourcePosition position = _source.Position;
        if (c == '$')
        {
            if (!parser.Expansions.IsExpansion(inDoubleQuotes: false))
            {
                _source.Index++;
                return;
            }

            Flush(ref scan);
            _parts.Add(parser.Expansions.ParseDollar(inDoubleQuotes: false));
        }
        else
        {
            Flush(ref scan);
            _parts.Add(c switch
            {
                '\'' => ParseSingleQuoted(position),
                '"' => parser.Quotes.ParseDoubleQuoted(QuoteStyle.Double),
                _ => parser.Expansions.ParseBackquoted(inDoubleQuotes: false),
            });
        }

        Restart(ref scan);
    }

    private QuotedPart ParseSingleQuoted(SourcePosition position)
    {
        _source.Index++;
        int start = _source.Index;
        int end = FindQuote(position);
        string text = WordTexts.Get(_source.Span(start, end));
        _source.AdvanceTo(end);
        _source.Index++;
        parser.CountPart();
        return new QuotedPart(position, text, QuoteStyle.Single);
    }

    private int FindQuote(SourcePosition opened)
    {
        int from = _source.Index;
        while (true)
        {
            int found = _source.Buffer.AsSpan(from, _source.Length - from).IndexOf('\'');
            if (found >= 0)
            {
                return from + found;
            }

            from = _source.Length;
            if (!_source.Fill())
            {
                _source.AdvanceTo(from);
                throw parser.Unterminated("'", opened);
            }
        }
    }

    private void ParseBackslash(ref WordScan scan)
    {
        SourcePosition position = _source.Position;
        char next = _source.Ahead(1);
        if (next == '\n')
        {
            TakeRun(ref scan);
            SkipContinuations();
            scan.RunStart = _source.Index;
            return;
        }

        if (next == SourceText.End)
        {
            // The last character of the source: itself, as if quoted.
            Flush(ref scan);
            _source.Index++;
            AddBackslashed(ref scan, position, "\\");
            return;
        }

        Flush(ref scan);
        _source.Index++;
        int start = _source.Index++;
        string text;
        if (_source.Current == '\\' && _source.Ahead(1) is not ('\n' or SourceText.End))
        {
            StringBuilder quoted = new();
            quoted.Append(next);
            while (_source.Current == '\\' && _source.Ahead(1) is not ('\n' or SourceText.End))
            {
                quoted.Append(_source.Ahead(1));
                _source.Index += 2;
            }

            text = quoted.ToString();
        }
        else
        {
            text = WordTexts.Get(_source.Span(start, start + 1));
        }

        AddBackslashed(ref scan, position, text);
    }

    private void AddBackslashed(ref WordScan scan, SourcePosition position, string text)
    {
        parser.CountPart();
        if (_parts.Count > scan.Mark && _parts[^1] is QuotedPart { Style: QuoteStyle.Backslash } last)
        {
            // A line continuation divided them.
            _parts[^1] = new QuotedPart(last.Position, last.Text + text, QuoteStyle.Backslash);
        }
        else
        {
            _parts.Add(new QuotedPart(position, text, QuoteStyle.Backslash));
        }

        Restart(ref scan);
    }

    private bool IsTildePlace(ref WordScan scan)
    {
        int index = _source.Index;
        if (index == scan.RunStart && scan.Prefix is null)
        {
            // Right after a part that is no literal it is no prefix.
            return false;
        }

        char previous = index > scan.RunStart ? _source.Buffer[index - 1] : scan.Prefix![^1];
        if (scan.Context == WordContext.Assignment)
        {
            return previous == ':';
        }

        // Bash also expands it in an argument that looks like an assignment.
        if (parser.IsPosix || scan.Context != WordContext.Argument || previous is not ('=' or ':') || scan.Prefix is not null)
        {
            return false;
        }

        bool isFirst = _parts.Count == scan.Mark;
        ReadOnlySpan<char> run = _source.Span(scan.RunStart, index);
        int equals = run.IndexOf('=');
        if (isFirst)
        {
            scan.LooksLikeAssignment = equals > 0 && CharacterClass.IsName(run[..equals]);
            return scan.LooksLikeAssignment && (previous == ':' || equals == run.Length - 1);
        }

        return scan.LooksLikeAssignment && previous == ':';
    }

    private bool TryTilde(ref WordScan scan)
    {
        if (scan.Context is WordContext.Subscript or WordContext.Regex)
        {
            return false;
        }

        SourceText source = _source;
        int length = 1;
        while (source.Ahead(length) is var c && (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '+'))
        {
            length++;
        }

        int after = length;
        while (source.Ahead(after) == '\\' && source.Ahead(after + 1) == '\n')
        {
            after += 2;
        }

        char end = source.Ahead(after);
        bool isWhole = end is '/' or SourceText.End
            || (CharacterClass.Of(end) == CharacterClass.Meta && end != '(')
            || (end == ':' && (scan.Context == WordContext.Assignment || scan.LooksLikeAssignment))
            || (end == '}' && scan.Context is WordContext.Parameter or WordContext.ParameterPattern);
        if (!isWhole)
        {
            return false;
        }

        Flush(ref scan);
        SourcePosition position = source.Position;
        int start = source.Index + 1;
        source.Index += length;
        _parts.Add(new TildePart(position, WordTexts.Get(source.Span(start, source.Index))));
        parser.CountPart();
        Restart(ref scan);
        return true;
    }

    // Moves the current run of literal characters behind what of the literal was read before.
    private void TakeRun(ref WordScan scan)
    {
        if (_source.Index > scan.RunStart)
        {
            (scan.Prefix ??= new StringBuilder()).Append(_source.Span(scan.RunStart, _source.Index));
        }
    }

    private void Restart(ref WordScan scan)
    {
        scan.RunStart = _source.Index;
        scan.LiteralPosition = _source.Position;
    }

    private void Flush(ref WordScan scan)
    {
        if (scan.Prefix is null && _source.Index == scan.RunStart)
        {
            return;
        }

        string text;
        if (scan.Prefix is not null)
        {
            text = scan.Prefix.Append(_source.Span(scan.RunStart, _source.Index)).ToString();
            scan.Prefix = null;
        }
        else
        {
            text = WordTexts.Get(_source.Span(scan.RunStart, _source.Index));
        }

        parser.CountPart();
        SourcePosition position = scan.LiteralPosition.Line > 0 ? scan.LiteralPosition : _source.PositionAt(scan.RunStart);
        _parts.Add(new LiteralPart(position, text, scan.Flags));
        scan.Flags = WordFlags.None;
        scan.RunStart = _source.Index;
    }
}
