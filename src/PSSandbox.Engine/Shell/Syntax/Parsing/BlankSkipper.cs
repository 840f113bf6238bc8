namespace PSSandbox.Shell.Syntax;

/// <summary>Goes past blanks, comments, line continuations and newlines, and recognizes reserved words.</summary>
internal sealed class BlankSkipper(ShellParser parser)
{
    private readonly SourceText _source = parser.Source;

    /// <summary>Goes past blanks, line continuations and a comment; a newline is not taken.</summary>
    public void SkipBlanks()
    {
        SourceText source = _source;
        while (true)
        {
            switch (source.Current)
            {
                case ' ' or '\t':
                    source.Index++;
                    break;
                case '\\' when source.Ahead(1) == '\n':
                    source.Index++;
                    source.TakeNewline();
                    break;
                case '#':
                    SkipComment();
                    return;
                default:
                    return;
            }
        }
    }

    /// <summary>Goes past blanks, comments and newlines. After a newline come the bodies of here-documents.</summary>
    public void SkipNewlines()
    {
        SkipBlanks();
        while (_source.Current == '\n')
        {
            TakeNewline();
            SkipBlanks();
        }
    }

    /// <summary>Takes a newline, and the bodies of the here-documents begun before it.</summary>
    public void TakeNewline()
    {
        _source.TakeNewline();
        parser.Documents.ReadPending();
    }

    /// <summary>The reserved word at the current place, which is not taken; <see cref="ReservedWord.None"/> if there is none.</summary>
    public ReservedWord PeekReserved()
    {
        char first = _source.Current;
        if (first is not ((>= 'c' and <= 'w') or '!' or '{' or '}' or '['))
        {
            return ReservedWord.None;
        }

        int length = 1;
        parser.JoinLines(length);
        while (length <= ReservedWords.MaxLength && _source.Ahead(length) is (>= 'a' and <= 'z') or '[')
        {
            length++;
            parser.JoinLines(length);
        }

        // Before a parenthesis `!` could also begin an extended pattern, but a command's name is none.
        return IsWordEnd(length) ? ReservedWords.Find(_source.Span(_source.Index, _source.Index + length)) : ReservedWord.None;
    }

    /// <summary>Whether a word would end so many characters ahead, line continuations left out.</summary>
    public bool IsWordEnd(int ahead)
    {
        while (_source.Ahead(ahead) == '\\' && _source.Ahead(ahead + 1) == '\n')
        {
            ahead += 2;
        }

        return CharacterClass.Of(_source.Ahead(ahead)) is CharacterClass.Meta or CharacterClass.End;
    }

    /// <summary>Takes a reserved word found by <see cref="PeekReserved"/>.</summary>
    public void Take(ReservedWord word) => _source.Index += ReservedWords.TextOf(word).Length;

    /// <summary>Takes a reserved word or fails.</summary>
    public void Expect(ReservedWord word, string construct, SourcePosition opened)
    {
        SkipBlanks();
        if (PeekReserved() != word)
        {
            throw parser.Unexpected($"`{ReservedWords.TextOf(word)}' for `{construct}' of line {opened.Line}, column {opened.Column}", construct, opened);
        }

        Take(word);
    }

    /// <summary>The token at the current place as text for a message.</summary>
    public string ReadTokenText()
    {
        const int MaxShown = 40;
        char c = _source.Current;
        if (c == '\n')
        {
            return "newline";
        }

        int length = 1;
        if (c is ';' or '&' or '|' or '<' or '>')
        {
            while (length < 3 && _source.Ahead(length) is ';' or '&' or '|' or '<' or '>')
            {
                length++;
            }

            if (c == ';' && length > 1 && _source.Ahead(1) is not (';' or '&'))
            {
                length = 1;
            }
        }
        else if (c is not ('(' or ')'))
        {
            while (length < MaxShown && _source.Ahead(length) is var next && next != SourceText.End && CharacterClass.Of(next) != CharacterClass.Meta)
            {
                length++;
            }
        }

        return _source.Span(_source.Index, _source.Index + length).ToString();
    }

    private void SkipComment()
    {
        SourcePosition position = _source.Position;
        int start = _source.Index;
        while (true)
        {
            int found = _source.Buffer.AsSpan(_source.Index, _source.Length - _source.Index).IndexOf('\n');
            if (found >= 0)
            {
                _source.Index += found;
                break;
            }

            _source.Index = _source.Length;
            if (!_source.Fill())
            {
                break;
            }
        }

        if (parser.Options.KeepComments)
        {
            parser.Comments.Add(new Comment(position, _source.Slice(start)));
        }
    }
}
