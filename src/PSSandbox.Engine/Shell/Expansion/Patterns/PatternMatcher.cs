namespace PSSandbox.Shell.Expansion;

/// <summary>
/// Matches any pattern by sets of places: from where the elements so far can have ended, where the next one can end. No
/// backtracking, so no blow-up; recursion only into nested groups. Backwards, places run from the end to the beginning.
/// </summary>
internal sealed class PatternMatcher : IDisposable
{
    private readonly string _subject;
    private readonly bool _utf8;
    private readonly bool _backwards;
    private readonly IExpansionHost? _host;
    private readonly PlaceSets _sets;
    private Dictionary<(PatternElement Element, int Start), ulong[]>? _excluded;
    private long _excludedWords;
    private int _steps;

    /// <summary>Begins on a subject.</summary>
    public PatternMatcher(string subject, bool utf8, bool backwards, IExpansionHost? host)
    {
        _subject = subject;
        _utf8 = utf8 && !LargeText.IsAscii(subject, host);
        _backwards = backwards;
        _host = host;
        _sets = new PlaceSets(subject.Length, host);
    }

    /// <summary>Lets the process be ended or stopped in the middle of a long match.</summary>
    public static void CheckAttention(IExpansionHost? host)
    {
        if (host is not null && host.Process.Attention)
            host.CheckAttention();
    }

    /// <summary>Where the shortest or longest match that begins at a place ends; -1 if there is none.</summary>
    public int Match(PatternElement[] elements, int start, bool longest)
    {
        ulong[] set = _sets.New(start);
        Run(elements, set);
        int result = longest == _backwards ? _sets.First(set) : _sets.Last(set);
        _sets.Free(set);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _sets.Dispose();

    // Replaces a set of starts by the set of ends.
    private void Run(PatternElement[] elements, ulong[] set)
    {
        for (int i = 0; i < elements.Length; i++)
        {
            PatternElement element = elements[_backwards ? elements.Length - 1 - i : i];
            if ((_steps += _sets.Words) > 4096)
            {
                _steps = 0;
                CheckAttention(_host);
            }

            switch (element.Kind)
            {
                case PatternElementKind.Literal:
                    StepLiteral(element.Text, set);
                    break;
                case PatternElementKind.Star:
                    StepStar(set);
                    break;
                case PatternElementKind.Group:
                    StepGroup(element, set);
                    break;
                default:
                    StepCharacter(element, set);
                    break;
            }

            if (_sets.First(set) < 0)
                return;
        }
    }

    private void StepLiteral(string text, ulong[] set)
    {
        ulong[] ends = _sets.New();
        for (int at = _sets.First(set); at >= 0; at = _sets.Next(set, at))
        {
            int from = _backwards ? at - text.Length : at;
            if (from >= 0 && LargeText.StartsWith(_subject.AsSpan(from), text, _host))
                PlaceSets.Add(ends, _backwards ? from : at + text.Length);
        }

        _sets.Move(ends, set);
    }

    private void StepCharacter(PatternElement element, ulong[] set)
    {
        ulong[] ends = _sets.New();
        for (int at = _sets.First(set); at >= 0; at = _sets.Next(set, at))
        {
            int from = _backwards ? Previous(at) : at;
            if (from < 0 || from >= _subject.Length)
                continue;
            int code = Characters.CodeAt(_subject, from, _utf8, out int length);
            if (element.Kind == PatternElementKind.Any || element.Set!.Contains(code))
                PlaceSets.Add(ends, _backwards ? from : at + length);
        }

        _sets.Move(ends, set);
    }

    private void StepStar(ulong[] set)
    {
        if (_backwards)
        {
            PlaceSets.AddRange(set, 0, _sets.Last(set));
        }
        else
        {
            int first = _sets.First(set);
            if (first >= 0)
                PlaceSets.AddRange(set, first, _subject.Length);
        }
    }

    private void StepGroup(PatternElement group, ulong[] set)
    {
        switch (group.Operator)
        {
            case '@':
                RunAlternatives(group, set);
                break;
            case '?':
                ulong[] before = _sets.Copy(set);
                RunAlternatives(group, set);
                _sets.Union(set, before);
                _sets.Free(before);
                break;
            case '!':
                StepExcluded(group, set);
                break;
            default:
                StepRepeated(group, set);
                break;
        }
    }

    private void RunAlternatives(PatternElement group, ulong[] set)
    {
        ulong[] ends = _sets.New();
        foreach (PatternElement[] alternative in group.Alternatives!)
        {
            ulong[] some = _sets.Copy(set);
            Run(alternative, some);
            _sets.Union(ends, some);
            _sets.Free(some);
        }

        _sets.Move(ends, set);
    }

    // *(…) and +(…): what new places give is added until there are none.
    private void StepRepeated(PatternElement group, ulong[] set)
    {
        ulong[] all = _sets.New();
        if (group.Operator == '*')
            _sets.Union(all, set);
        ulong[] fresh = _sets.Copy(set);
        while (_sets.First(fresh) >= 0)
        {
            RunAlternatives(group, fresh);
            _sets.Subtract(fresh, all);
            _sets.Union(all, fresh);
        }

        _sets.Free(fresh);
        _sets.Move(all, set);
    }

    // !(…): every end but those of the alternatives, which has to be asked for each start.
    private void StepExcluded(PatternElement group, ulong[] set)
    {
        ulong[] ends = _sets.New();
        for (int start = _sets.First(set); start >= 0; start = _sets.Next(set, start))
        {
            CheckAttention(_host);
            ulong[] some = ExcludedFrom(group, start);
            _sets.Union(ends, some);
        }

        _sets.Move(ends, set);
    }

    private ulong[] ExcludedFrom(PatternElement group, int start)
    {
        _excluded ??= [];
        if (_excluded.TryGetValue((group, start), out ulong[]? known))
            return known;
        ulong[] matched = _sets.New(start);
        RunAlternatives(group, matched);
        ulong[] result = new ulong[_sets.Words];
        PlaceSets.AddRange(result, _backwards ? 0 : start, _backwards ? start : _subject.Length);
        _sets.Subtract(result, matched);
        _sets.Free(matched);
        if ((_excludedWords += _sets.Words) > 4 << 20)
        {
            _excluded.Clear();
            _excludedWords = 0;
        }

        _excluded[(group, start)] = result;
        return result;
    }

    private int Previous(int at)
    {
        if (at == 0)
            return -1;
        if (!_utf8)
            return at - 1;
        for (int i = Math.Max(0, at - 4); i < at; i++)
        {
            if (i + Characters.LengthAt(_subject, i, true) == at && (i == at - 1 || _subject[i] >= 0xc2))
                return i;
        }

        return at - 1;
    }
}
