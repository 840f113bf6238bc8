namespace PSSandbox.Shell.Syntax;

/// <summary>Reads lists, and-or lists and pipelines.</summary>
internal sealed class ListParser(ShellParser parser)
{
    private readonly SourceText _source = parser.Source;
    private readonly List<ListItem> _items = [];

    /// <summary>How many statements wait for the end of their lists.</summary>
    public int ItemCount => _items.Count;

    /// <summary>Forgets statements beyond a number.</summary>
    public void Truncate(int count) => _items.RemoveRange(count, _items.Count - count);

    /// <summary>Reads a list up to the end of its line, newline included; null at the end of the source.</summary>
    public CommandList? ParseCompleteCommand()
    {
        parser.Blanks.SkipNewlines();
        if (_source.Current == SourceText.End)
        {
            return null;
        }

        _source.IsContinuation = true;
        SourcePosition position = _source.Position;
        int mark = _items.Count;
        bool isSeparated = true;
        while (_source.Current is not ('\n' or SourceText.End))
        {
            if (!isSeparated)
            {
                throw parser.Unexpected("`;' or a newline");
            }

            isSeparated = ParseItem();
            parser.Blanks.SkipBlanks();
        }

        if (_source.Current == '\n')
        {
            parser.Blanks.TakeNewline();
        }
        else
        {
            parser.Documents.ReadPending();
        }

        return new CommandList(position, TakeItems(mark));
    }

    /// <summary>Reads a list inside a compound command. It ends before what can't begin a command, which the caller checks.</summary>
    public CommandList Parse(string construct, SourcePosition opened)
    {
        CommandList list = ParseOptional();
        return list.Items.Length > 0 ? list : throw parser.Unexpected("a command", construct, opened);
    }

    /// <summary>Reads a list that may be empty.</summary>
    public CommandList ParseOptional()
    {
        parser.Blanks.SkipNewlines();
        SourcePosition position = _source.Position;
        int mark = _items.Count;
        while (!IsAtEnd())
        {
            bool isSeparated = ParseItem();
            parser.Blanks.SkipBlanks();
            if (_source.Current == '\n')
            {
                parser.Blanks.SkipNewlines();
            }
            else if (!isSeparated)
            {
                break;
            }
        }

        return new CommandList(position, TakeItems(mark));
    }

    private bool IsAtEnd()
    {
        while (true)
        {
            switch (_source.Current)
            {
                case SourceText.End or ')':
                    return true;
                case ';':
                    parser.JoinLines(1);
                    return _source.Ahead(1) is ';' or '&';
            }

            ReservedWord word = parser.Blanks.PeekReserved();
            if (word != ReservedWord.None || !parser.Commands.Aliases.TryExpand())
            {
                return word >= ReservedWord.CloseBrace;
            }

            // The text of an alias may be what ends the list, or nothing.
            parser.Blanks.SkipNewlines();
        }
    }

    private ListItem[] TakeItems(int mark)
    {
        ListItem[] items = new ListItem[_items.Count - mark];
        _items.CopyTo(mark, items, 0, items.Length);
        _items.RemoveRange(mark, items.Length);
        return items;
    }

    // Returns whether the statement was followed by `;` or `&`, which is taken.
    private bool ParseItem()
    {
        Statement statement = ParseAndOr();
        parser.Blanks.SkipBlanks();
        char c = _source.Current;
        JoinOperator(c);
        bool isAsync = c == '&';
        bool isSeparated = isAsync || (c == ';' && _source.Ahead(1) is not (';' or '&'));
        if (isSeparated)
        {
            _source.Index++;
        }

        _items.Add(new ListItem(statement, isAsync));
        return isSeparated;
    }

    private Statement ParseAndOr()
    {
        Statement first = ParsePipeline();
        parser.Blanks.SkipBlanks();
        char c = _source.Current;
        JoinOperator(c);
        if (c is not ('&' or '|') || _source.Ahead(1) != c)
        {
            return first;
        }

        List<Statement> operands = [first];
        List<bool> isOr = [];
        while (c is '&' or '|' && _source.Ahead(1) == c)
        {
            _source.Index += 2;
            isOr.Add(c == '|');
            parser.Blanks.SkipNewlines();
            operands.Add(ParsePipeline());
            parser.Blanks.SkipBlanks();
            c = _source.Current;
            JoinOperator(c);
        }

        return new AndOr(first.Position, operands.ToArray(), isOr.ToArray());
    }

    private Statement ParsePipeline()
    {
        SourcePosition position = _source.Position;
        bool hasPrefix = ParsePrefix(out bool isNegated, out PipelineTiming timing);
        if (hasPrefix && (!parser.IsPosix || timing != PipelineTiming.None) && _source.Current is '\n' or ';' or '&' or ')' or SourceText.End)
        {
            return new Pipeline(position, [], [], isNegated, timing);
        }

        Command first = parser.Commands.Parse();
        parser.Blanks.SkipBlanks();
        JoinOperator(_source.Current);
        bool isPipe = _source.Current == '|' && _source.Ahead(1) != '|';
        if (!isPipe)
        {
            return isNegated || timing != PipelineTiming.None ? new Pipeline(position, [first], [false], isNegated, timing) : first;
        }

        List<Command> commands = [first];
        List<bool> pipesError = [];
        while (_source.Current == '|' && _source.Ahead(1) != '|')
        {
            _source.Index++;
            bool withError = _source.Current == '&';
            _source.Index += withError ? 1 : 0;
            pipesError.Add(withError);
            parser.Blanks.SkipNewlines();
            commands.Add(parser.Commands.Parse());
            parser.Blanks.SkipBlanks();
            JoinOperator(_source.Current);
        }

        pipesError.Add(false);
        return new Pipeline(position, commands.ToArray(), pipesError.ToArray(), isNegated, timing);
    }

    // An operator of two characters may be divided by a line continuation.
    private void JoinOperator(char first)
    {
        if (first is '&' or '|' or ';')
        {
            parser.JoinLines(1);
        }
    }

    private bool ParsePrefix(out bool isNegated, out PipelineTiming timing)
    {
        isNegated = false;
        timing = PipelineTiming.None;
        bool any = false;
        while (true)
        {
            ReservedWord word = parser.Blanks.PeekReserved();
            if (word == ReservedWord.Bang)
            {
                isNegated = !isNegated;
            }
            else if (word != ReservedWord.Time || !TryTime(ref timing))
            {
                return any;
            }

            any = true;
            if (word == ReservedWord.Bang)
            {
                parser.Blanks.Take(word);
            }

            parser.Blanks.SkipBlanks();
        }
    }

    private bool TryTime(ref PipelineTiming timing)
    {
        var mark = _source.Mark();
        parser.Blanks.Take(ReservedWord.Time);
        parser.Blanks.SkipBlanks();
        if (_source.Current == '-' && parser.IsPosix)
        {
            // The utility, with options (XCU time).
            _source.Return(mark);
            return false;
        }

        bool isPosixFormat = _source.Current == '-' && _source.Ahead(1) == 'p' && parser.Blanks.IsWordEnd(2);
        if (isPosixFormat)
        {
            _source.Index += 2;
            parser.Blanks.SkipBlanks();
        }

        if (_source.Current == '-' && _source.Ahead(1) == '-' && parser.Blanks.IsWordEnd(2))
        {
            _source.Index += 2;
        }

        timing = isPosixFormat ? PipelineTiming.Posix : timing == PipelineTiming.None ? PipelineTiming.Default : timing;
        return true;
    }
}
