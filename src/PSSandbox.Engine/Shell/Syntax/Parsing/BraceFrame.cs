namespace PSSandbox.Shell.Syntax;

/// <summary>What has been read since an opening brace.</summary>
internal sealed class BraceFrame(SourcePosition position, bool isWordStart)
{
    private List<Word>? _alternatives;
    private List<WordPart> _parts = [];

    /// <summary>Where the brace stands.</summary>
    public SourcePosition Position { get; } = position;

    /// <summary>Whether what comes next would be the beginning of a word, so that a tilde there is a prefix.</summary>
    public bool IsAtWordStart => isWordStart && _parts.Count == 0;

    /// <summary>Adds a part.</summary>
    public void Add(WordPart part)
    {
        if (part is LiteralPart literal && _parts.Count > 0 && _parts[^1] is LiteralPart last)
        {
            _parts[^1] = new LiteralPart(last.Position, last.Text + literal.Text, last.Flags | literal.Flags);
        }
        else
        {
            _parts.Add(part);
        }
    }

    /// <summary>Adds a piece of a literal.</summary>
    public void AddText(LiteralPart literal, int start, int end)
    {
        if (start == end)
        {
            return;
        }

        string text = literal.Text[start..end];
        WordFlags flags = LiteralPart.FindFlags(text) | (literal.Flags & WordFlags.HasExtendedGlob);
        if (IsAtWordStart && text[0] == '~')
        {
            int length = text.AsSpan().IndexOf('/') is var slash && slash < 0 ? text.Length : slash;
            _parts.Add(new TildePart(literal.Position, text[1..length]));
            text = text[length..];
        }

        if (text.Length > 0)
        {
            Add(new LiteralPart(literal.Position, text, flags));
        }
    }

    /// <summary>A comma: ends an alternative.</summary>
    public void EndAlternative()
    {
        (_alternatives ??= []).Add(new Word(Position, _parts.ToArray()));
        _parts = [];
    }

    /// <summary>Adds what stood between an opening brace and the closing one; false if it is only text.</summary>
    public bool AddClosed(BraceFrame inner)
    {
        if (inner._alternatives is { } alternatives)
        {
            inner.EndAlternative();
            Add(new BracePart(inner.Position, alternatives.ToArray()));
            return true;
        }

        if (inner._parts is [LiteralPart { Text: var text }] && BraceParser.TryParseSequence(text) is { } sequence)
        {
            Add(new BracePart(inner.Position, sequence));
            return true;
        }

        AddUnclosed(inner);
        Add(new LiteralPart(inner.Position, "}", WordFlags.None));
        return false;
    }

    /// <summary>Adds as text what stood after an opening brace that is none.</summary>
    public void AddUnclosed(BraceFrame inner)
    {
        Add(new LiteralPart(inner.Position, "{", WordFlags.None));
        foreach (Word alternative in inner._alternatives ?? [])
        {
            AddAll(alternative.Parts);
            Add(new LiteralPart(inner.Position, ",", WordFlags.None));
        }

        AddAll(inner._parts);
    }

    /// <summary>All parts.</summary>
    public WordPart[] ToParts() => _parts.ToArray();

    private void AddAll(IEnumerable<WordPart> parts)
    {
        foreach (WordPart part in parts)
        {
            Add(part is TildePart tilde ? new LiteralPart(tilde.Position, "~" + tilde.User, WordFlags.None) : part);
        }
    }
}
