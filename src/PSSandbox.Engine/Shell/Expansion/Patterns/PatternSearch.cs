namespace PSSandbox.Shell.Expansion;

/// <summary>Finds matches of a pattern in a string, from left to right, each the longest at its place.</summary>
internal ref struct PatternSearch
{
    private readonly string _subject;
    private readonly string _folded;
    private readonly IExpansionHost? _host;
    private readonly bool _utf8;
    private readonly bool _single;
    private readonly string? _literal;
    private readonly PatternMatcher? _matcher;
    private readonly PatternElement[] _elements;

    /// <summary>Begins at the beginning.</summary>
    public PatternSearch(Pattern pattern, string subject, string folded, IExpansionHost? host)
    {
        _subject = subject;
        _folded = folded;
        _host = host;
        _utf8 = (pattern.Options & PatternOptions.Utf8) != 0 && !LargeText.IsAscii(subject, host);
        _elements = pattern.Elements.ToArray();
        _literal = _elements is [{ Kind: PatternElementKind.Literal, Text: var text }] ? text : null;
        bool single = _elements is [{ Kind: PatternElementKind.Set or PatternElementKind.Any }];
        _single = single;
        if (pattern.HasGroups)
            _matcher = new PatternMatcher(folded, _utf8, backwards: false, host);
    }

    /// <summary>The first match at or behind a place.</summary>
    /// <param name="start">Where to look from.</param>
    /// <param name="length">Its length; may be 0.</param>
    /// <returns>Where it begins; -1 if there is none.</returns>
    public readonly int Find(int start, out int length)
    {
        length = 0;
        if (_literal is not null)
        {
            length = _literal.Length;
            return IndexOf(_literal, start);
        }

        for (int at = start, steps = 0; at <= _folded.Length; steps++)
        {
            if ((steps & 0xff) == 0xff)
                PatternMatcher.CheckAttention(_host);
            if (_single)
            {
                if (at == _folded.Length)
                    return -1;
                int code = Characters.CodeAt(_folded, at, _utf8, out length);
                if (_elements[0].Kind == PatternElementKind.Any || _elements[0].Set!.Contains(code))
                    return at;
                at += length;
                continue;
            }

            if (_elements[0].Kind == PatternElementKind.Literal)
            {
                at = IndexOf(_elements[0].Text, at);
                if (at < 0)
                    return -1;
            }

            bool hopeless = false;
            int end = _matcher is not null
                ? _matcher.Match(_elements, at, longest: true)
                : SimplePatternMatch.FindEnd(_elements, _folded, at, longest: true, _utf8, _host, out hopeless);
            if (end >= 0)
            {
                length = end - at;
                return at;
            }

            // What begins with a star and doesn't match here doesn't match further on.
            if (hopeless || _elements[0].Kind == PatternElementKind.Star || at == _folded.Length)
                return -1;
            at += Characters.LengthAt(_subject, at, _utf8);
        }

        return -1;
    }

    private readonly int IndexOf(string text, int start)
    {
        int found = start > _folded.Length ? -1 : LargeText.IndexOf(_folded.AsSpan(start), text, _host);
        return found < 0 ? -1 : start + found;
    }

    /// <summary>Gives back what the search held.</summary>
    public readonly void Dispose() => _matcher?.Dispose();
}
