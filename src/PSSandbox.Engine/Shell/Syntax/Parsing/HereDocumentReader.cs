using System.Text;

namespace PSSandbox.Shell.Syntax;

/// <summary>Reads the bodies of here-documents, which begin at the next newline.</summary>
internal sealed class HereDocumentReader(ShellParser parser)
{
    private readonly SourceText _source = parser.Source;
    private readonly List<Pending> _pending = [];
    private int _first;
    private int _depth;

    /// <summary>Notes a here-document whose body is to come.</summary>
    public void Add(Redirection redirection, string delimiter, bool isQuoted)
    {
        _pending.Add(new Pending(redirection, delimiter, isQuoted));
    }

    /// <summary>How many documents are to come, and which of them is the first of the current command substitution.</summary>
    public (int Pending, int First) Counts => (_pending.Count, _first);

    /// <summary>Forgets documents beyond a number.</summary>
    public void Truncate(int count, int first)
    {
        _pending.RemoveRange(Math.Min(count, _pending.Count), Math.Max(0, _pending.Count - count));
        _first = first;
    }

    /// <summary>Begins a command substitution: the bodies of documents begun outside come after it.</summary>
    public int BeginNested()
    {
        int outer = _first;
        _first = _pending.Count;
        _depth++;
        return outer;
    }

    /// <summary>Ends a command substitution; bodies not yet read come after the next newline outside.</summary>
    public void EndNested(int outer)
    {
        _first = outer;
        _depth--;
    }

    /// <summary>Reads the bodies that begin here.</summary>
    public void ReadPending()
    {
        if (_pending.Count == _first)
        {
            return;
        }

        int first = _first;
        for (int i = first; i < _pending.Count; i++)
        {
            (Redirection redirection, string delimiter, bool isQuoted) = _pending[i];
            redirection.Document = Read(redirection, delimiter, isQuoted);
        }

        _pending.RemoveRange(first, _pending.Count - first);
    }

    private HereDocument Read(Redirection redirection, string delimiter, bool isQuoted)
    {
        SourcePosition position = _source.Position;
        bool stripsTabs = redirection.Operator == RedirectionOperator.HereDocumentStripTabs;
        StringBuilder text = new();
        bool isContinued = false;
        while (true)
        {
            ReadOnlySpan<char> line = ReadLine(redirection, delimiter, canClose: !isContinued);
            if (line.IsEmpty)
            {
                break;
            }

            if (stripsTabs)
            {
                line = line.TrimStart('\t');
            }

            ReadOnlySpan<char> content = line[^1] == '\n' ? line[..^1] : line;
            if (!isContinued && content.SequenceEqual(delimiter))
            {
                break;
            }

            text.Append(line);
            if (line[^1] != '\n')
            {
                // The source ended first: the body ends in a newline all the same, as in bash, which no backslash continues.
                text.Append(!isQuoted && EndsInBackslash(line) ? "\\\n" : "\n");
            }

            isContinued = !isQuoted && line[^1] == '\n' && EndsInBackslash(line[..^1]);
        }

        if (isContinued)
        {
            // The source ended after a line continuation.
            text.Append('\n');
        }

        parser.CountPart();
        return new HereDocument(position, delimiter, isQuoted, MakeBody(text.ToString(), position, isQuoted));
    }

    private ReadOnlySpan<char> ReadLine(Redirection redirection, string delimiter, bool canClose)
    {
        int start = _source.Index;
        int from = start;
        while (true)
        {
            int found = _source.Buffer.AsSpan(from, _source.Length - from).IndexOf('\n');
            if (found >= 0)
            {
                if (canClose && EndsWithSubstitution(redirection, delimiter, start, from + found))
                {
                    return default;
                }

                _source.Index = from + found;
                _source.TakeNewline();
                return _source.Span(start, _source.Index);
            }

            from = _source.Length;
            if (!_source.Fill())
            {
                break;
            }
        }

        if (canClose && EndsWithSubstitution(redirection, delimiter, start, _source.Length))
        {
            return default;
        }

        _source.Index = _source.Length;
        bool isEnd = _source.Span(start, _source.Index).TrimStart('\t').SequenceEqual(delimiter);
        if (parser.Options.IsInteractive && !isEnd)
        {
            throw new ShellSyntaxException(
                _source.Position, $"syntax error: here-document ended by end of file: expected `{delimiter}'", "<<" + delimiter, redirection.Position);
        }

        return _source.Span(start, _source.Index);
    }

    // As in bash, a line of the delimiter and then the parenthesis that closes the substitution ends the document: the rest of
    // the line is read as commands again.
    private bool EndsWithSubstitution(Redirection redirection, string delimiter, int start, int end)
    {
        if (_depth == 0 || parser.IsPosix)
        {
            return false;
        }

        ReadOnlySpan<char> line = _source.Span(start, end);
        int tabs = redirection.Operator == RedirectionOperator.HereDocumentStripTabs ? line.Length - line.TrimStart('\t').Length : 0;
        line = line[tabs..];
        if (!line.StartsWith(delimiter) || !line[delimiter.Length..].Contains(')'))
        {
            return false;
        }

        _source.Index = start + tabs + delimiter.Length;
        return true;
    }

    // Whether the last character is a backslash that is not itself quoted by one.
    private static bool EndsInBackslash(ReadOnlySpan<char> line) => (line.Length - line.TrimEnd('\\').Length) % 2 == 1;

    private Word MakeBody(string text, SourcePosition position, bool isQuoted)
    {
        if (isQuoted || text.AsSpan().IndexOfAny('$', '`', '\\') < 0)
        {
            return new Word(position, [new QuotedPart(position, text, QuoteStyle.HereDocument)]);
        }

        ShellParser nested = parser.MakeNested(text, position);
        WordPart[] parts = nested.Quotes.ParseParts(QuotedContext.HereDocument, "<<", position, out _);
        return new Word(position, [QuoteParser.Quote(position, parts, QuoteStyle.HereDocument)]);
    }

    private sealed record Pending(Redirection Redirection, string Delimiter, bool IsQuoted);
}
