namespace PSSandbox.Shell.Syntax;

/// <summary>Reads assignments.</summary>
internal sealed class AssignmentParser(ShellParser parser)
{
    // How far a subscript is looked for ahead of reading it.
    private const int MaxSubscript = 1000;

    private readonly SourceText _source = parser.Source;

    /// <summary>Reads the assignment at the current place; null, with nothing taken, if none is there.</summary>
    public Assignment? TryParse()
    {
        SourcePosition position = _source.Position;
        int length = MeasureTarget(out bool isAppend);
        if (length == 0)
        {
            return null;
        }

        int start = _source.Index;
        int end = start + length;
        int nameEnd = start;
        while (CharacterClass.IsNamePart(_source.Buffer[nameEnd]))
        {
            nameEnd++;
        }

        string name = WordTexts.Get(_source.Span(start, nameEnd));
        Subscript? subscript = null;
        if (_source.Ahead(nameEnd - start) == '[')
        {
            subscript = TryParseSubscript(nameEnd - start);
            if (subscript is null)
            {
                return null;
            }
        }
        else
        {
            _source.Index = end;
        }

        parser.CountPart();
        if (_source.Current == '(')
        {
            return new Assignment(position, name, subscript, isAppend, Word.Empty, ParseElements());
        }

        return new Assignment(position, name, subscript, isAppend, parser.Words.Parse(WordContext.Assignment), null);
    }

    /// <summary>Whether <c>name=(</c> stands at the current place.</summary>
    public bool IsCompound() => MeasureTarget(out _) is > 0 and int length && _source.Ahead(length) == '(';

    /// <summary>Reads an argument of a declaration utility: an assignment if it looks like one.</summary>
    public Word ParseArgument()
    {
        int start = _source.Index;
        SourcePosition position = _source.Position;
        int length = MeasureTarget(out _);
        if (length == 0 || TryParse() is not { } assignment)
        {
            return parser.Words.Parse(WordContext.Argument);
        }

        if (assignment.Elements is null && !parser.IsPosix && BraceParser.Apply(assignment.Value.Parts) is var braced && braced != assignment.Value.Parts)
        {
            assignment = new Assignment(position, assignment.Name, assignment.Subscript, assignment.IsAppend, new Word(assignment.Value.Position, braced), null);
        }

        // What stands before the value, as written: quotes in a subscript are kept.
        string target = _source.Span(start, start + length).ToString();
        WordPart[] value = assignment.Value.Parts;
        WordPart[] parts = value is [LiteralPart first, ..]
            ? [new LiteralPart(position, target + first.Text, first.Flags), .. value.AsSpan(1)]
            : [new LiteralPart(position, target, WordFlags.None), .. value];
        return new Word(position, parts, assignment);
    }

    // Reads a subscript and the operator after it. What was measured ahead may turn out to be something else: then null, with
    // nothing taken.
    private Subscript? TryParseSubscript(int ahead)
    {
        ParserSnapshot snapshot = parser.Save();
        _source.Index += ahead;
        Subscript subscript = parser.Parameters.ParseSubscript();
        int length = MeasureOperator(0, out _);
        if (length == 0)
        {
            parser.Restore(snapshot);
            return null;
        }

        _source.Index += length;
        return subscript;
    }

    // The length of `name=`, `name+=`, `name[…]=` at the current place; 0 if there is no such thing.
    private int MeasureTarget(out bool isAppend)
    {
        isAppend = false;
        SourceText source = _source;
        if (!CharacterClass.IsNameStart(source.Current))
        {
            return 0;
        }

        int length = 1;
        while (CharacterClass.IsNamePart(source.Ahead(length)))
        {
            length++;
        }

        if (source.Ahead(length) == '\\')
        {
            parser.JoinLines(length);
            while (CharacterClass.IsNamePart(source.Ahead(length)))
            {
                length++;
                parser.JoinLines(length);
            }
        }

        if (source.Ahead(length) == '[')
        {
            length = MeasureSubscript(length);
            if (length == 0)
            {
                return 0;
            }
        }

        return MeasureOperator(length, out isAppend);
    }

    private int MeasureOperator(int length, out bool isAppend)
    {
        isAppend = false;
        if (_source.Ahead(length) == '=')
        {
            return length + 1;
        }

        isAppend = _source.Ahead(length) == '+' && _source.Ahead(length + 1) == '=';
        return isAppend ? length + 2 : 0;
    }

    // From the place of an opening bracket: where what follows its closing bracket is; 0 if there is none near on the line.
    private int MeasureSubscript(int start)
    {
        int depth = 0;
        int inner = 0;
        char quote = '\0';
        for (int i = start; i < start + MaxSubscript; i++)
        {
            char c = _source.Ahead(i);
            if (c is '\n' or SourceText.End)
            {
                return 0;
            }

            if (quote != '\0')
            {
                i += c == '\\' && quote == '"' && _source.Ahead(i + 1) != '\n' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
                continue;
            }

            switch (c)
            {
                case '\\' when _source.Ahead(i + 1) != '\n':
                    i++;
                    break;
                case '\'' or '"':
                    quote = c;
                    break;
                case '[':
                    depth++;
                    break;
                case '(' or '{':
                    inner++;
                    break;
                case ')' or '}' when inner-- == 0:
                    return 0;
                case ']' when --depth == 0:
                    return i + 1;
            }
        }

        return 0;
    }

    private ArrayElement[] ParseElements()
    {
        SourcePosition opened = _source.Position;
        parser.Enter(opened);
        _source.Index++;
        List<ArrayElement> elements = [];
        while (true)
        {
            parser.Blanks.SkipNewlines();
            char c = _source.Current;
            if (c == ')')
            {
                break;
            }

            if (c == SourceText.End)
            {
                throw parser.Unterminated("(", opened);
            }

            elements.Add(ParseElement());
        }

        _source.Index++;
        parser.Leave();
        return elements.ToArray();
    }

    private ArrayElement ParseElement()
    {
        SourcePosition position = _source.Position;
        if (_source.Current == '[')
        {
            int length = MeasureSubscript(0);
            if (length > 0 && MeasureOperator(length, out bool isAppend) > 0 && TryParseSubscript(0) is { } subscript)
            {
                return new ArrayElement(position, subscript, isAppend, parser.Words.Parse(WordContext.Assignment));
            }
        }

        Word value = parser.Words.Parse(WordContext.Argument);
        return value.Parts.Length > 0 ? new ArrayElement(position, null, false, value) : throw parser.Unexpected("`)'");
    }
}
