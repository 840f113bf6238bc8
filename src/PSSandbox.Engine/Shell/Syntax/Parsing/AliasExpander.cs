namespace PSSandbox.Shell.Syntax;

/// <summary>Puts the text of an alias in the place of its name (XCU 2.3.1).</summary>
internal sealed class AliasExpander(ShellParser parser)
{
    private readonly SourceText _source = parser.Source;
    private readonly List<(string Name, int End, int Delta)> _active = [];
    private int _nextFrom = -1;

    /// <summary>Whether text that was put in is still being read.</summary>
    public bool IsActive
    {
        get
        {
            ForgetPassed();
            return _active.Count > 0;
        }
    }

    /// <summary>Forgets what is being read, after an error.</summary>
    public void Clear()
    {
        _active.Clear();
        _nextFrom = -1;
    }

    /// <summary>Notes that what lies after a place has moved.</summary>
    public void Shift(int index, int distance)
    {
        for (int i = 0; i < _active.Count; i++)
        {
            if (_active[i].End > index)
            {
                _active[i] = _active[i] with { End = _active[i].End + distance };
            }
        }

        _nextFrom += _nextFrom > index ? distance : 0;
    }

    /// <summary>At a word that is no command name: whether it follows an alias whose text ends in a blank, and so may be one too.</summary>
    public bool TryExpandNext()
    {
        if (_nextFrom < 0 || _source.Index < _nextFrom)
        {
            return false;
        }

        _nextFrom = -1;
        return TryExpand();
    }

    /// <summary>If the word at the current place is an alias, puts its text there; the place stays.</summary>
    public bool TryExpand()
    {
        if (parser.Options.AliasLookup is not { } lookup)
        {
            return false;
        }

        ForgetPassed();
        int length = 0;
        char c;
        while ((c = _source.Ahead(length)) != SourceText.End && CharacterClass.Of(c) is not (CharacterClass.Meta or CharacterClass.Quote))
        {
            length++;
        }

        if (length == 0 || CharacterClass.Of(c) == CharacterClass.Quote)
        {
            return false;
        }

        int start = _source.Index;
        string name = WordTexts.Get(_source.Span(start, start + length));
        foreach ((string activeName, _, _) in _active)
        {
            if (activeName == name)
            {
                return false;
            }
        }

        if (lookup(name) is not { } text)
        {
            return false;
        }

        parser.CountPart();
        int delta = text.Length - length;
        _source.Index = start + length;
        _source.Replace(start, text);
        Shift(start, delta);
        _nextFrom = text.Length > 0 && text[^1] is ' ' or '\t' ? start + text.Length : _nextFrom > start ? _nextFrom : -1;
        _active.Add((name, start + text.Length, delta));
        return true;
    }

    private void ForgetPassed()
    {
        while (_active.Count > 0 && _active[^1].End <= _source.Index)
        {
            _source.ForgetReplacement(_active[^1].Delta);
            _active.RemoveAt(_active.Count - 1);
        }
    }
}
