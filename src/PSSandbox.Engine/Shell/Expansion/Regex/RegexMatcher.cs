namespace PSSandbox.Shell.Expansion;

/// <summary>
/// Matches a regular expression by sets of places: from a set where a part can begin to the set where it can end, or the
/// other way round. Time is bounded by the size of the expression times that of the subject, and more only for nested repetitions.
/// </summary>
internal sealed class RegexMatcher(string subject, bool utf8, IExpansionHost? host) : IDisposable
{
    private const int MaxCounted = 256;
    private readonly bool _utf8 = utf8 && !LargeText.IsAscii(subject, host);
    private readonly PlaceSets _sets = new(subject.Length, host);
    private int _steps;

    /// <summary>Finds the leftmost match at or behind a place, and of those the longest.</summary>
    public bool TryFind(RegexNode root, int start, out int from, out int to)
    {
        from = to = -1;

        // What begins with a literal, or at the beginning, needs no look at all places.
        RegexNode first = root;
        while (first.Kind is RegexNodeKind.Sequence or RegexNodeKind.Group)
            first = first.Children[0];
        if (first is { Kind: RegexNodeKind.Assertion, Assertion: '^' })
        {
            if (start > 0)
                return false;
            from = 0;
        }
        else
        {
            ulong[] starts = _sets.New();
            PlaceSets.AddRange(starts, start, subject.Length);
            Run(root, starts, backwards: true);
            from = _sets.Next(starts, start - 1);
            _sets.Free(starts);
            if (from < 0)
                return false;
        }

        ulong[] ends = _sets.New(from);
        Run(root, ends, backwards: false);
        to = _sets.Last(ends);
        _sets.Free(ends);
        return to >= 0;
    }

    /// <summary>
    /// Finds where groups match, given where the whole does: of alternatives the first that fits, of repetitions as many
    /// as fit, as the C library's regexec chooses them.
    /// </summary>
    public void FindGroups(RegexNode root, int from, int to, (int Start, int End)[] places)
    {
        ulong[] ends = _sets.New(to);
        Walk(root, from, ends, places);
        _sets.Free(ends);
    }

    /// <inheritdoc/>
    public void Dispose() => _sets.Dispose();

    // Goes from a place through a node to one of the given ends, one of which can be reached; gives that.
    private int Walk(RegexNode node, int from, ulong[] ends, (int Start, int End)[] places)
    {
        if (!node.IsOrdered)
            return Reach(node, from, ends);
        switch (node.Kind)
        {
            case RegexNodeKind.Group:
                int end = Walk(node.Children[0], from, ends, places);
                places[node.Number] = (from, end);
                return end;
            case RegexNodeKind.Alternation:
                foreach (RegexNode alternative in node.Children)
                {
                    if (Reach(alternative, from, ends) >= 0)
                        return Walk(alternative, from, ends, places);
                }

                return -1;
            case RegexNodeKind.Sequence:
                return WalkSequence(node.Children, from, ends, places);
            default:
                return WalkRepeat(node, from, ends, places);
        }
    }

    // The farthest of the given ends that a node reaches; -1 if it reaches none.
    private int Reach(RegexNode node, int from, ulong[] ends)
    {
        ulong[] reached = _sets.New(from);
        Run(node, reached, backwards: false);
        _sets.Intersect(reached, ends);
        int end = _sets.Last(reached);
        _sets.Free(reached);
        return end;
    }

    private int WalkSequence(RegexNode[] parts, int from, ulong[] ends, (int Start, int End)[] places)
    {
        var rests = new ulong[parts.Length][];
        rests[^1] = _sets.Copy(ends);
        for (int i = parts.Length - 1; i > 0; i--)
        {
            rests[i - 1] = _sets.Copy(rests[i]);
            Run(parts[i], rests[i - 1], backwards: true);
        }

        for (int i = 0; i < parts.Length; i++)
            from = Walk(parts[i], from, rests[i], places);
        foreach (ulong[] rest in rests)
            _sets.Free(rest);
        return from;
    }

    private int WalkRepeat(RegexNode node, int from, ulong[] ends, (int Start, int End)[] places)
    {
        RegexNode inner = node.Children[0];

        // From where the ends can be reached in at most a number of further rounds; without bound one set does.
        bool counted = node.Most != RegexNode.Unbounded && node.Most <= MaxCounted;
        List<ulong[]> reach = [_sets.Copy(ends)];
        if (counted)
        {
            for (int i = 1; i < node.Most; i++)
            {
                ulong[] more = _sets.Copy(reach[^1]);
                Run(inner, more, backwards: true);
                _sets.Union(more, ends);
                reach.Add(more);
            }
        }
        else
        {
            RunRepeat(inner, 0, RegexNode.Unbounded, reach[0], backwards: true);
        }

        for (int round = 0; round < node.Most; round++)
        {
            ulong[] rest = reach[counted ? node.Most - 1 - round : 0];
            int end = Reach(inner, from, rest);
            if (end < 0 || (end == from && round > 0))
                break;
            ForgetGroups(inner, places);
            end = Walk(inner, from, rest, places);
            if (end == from)
                break;
            from = end;
        }

        foreach (ulong[] set in reach)
            _sets.Free(set);
        return from;
    }

    private static void ForgetGroups(RegexNode node, (int Start, int End)[] places)
    {
        if (node.Kind == RegexNodeKind.Group)
            places[node.Number] = (-1, -1);
        foreach (RegexNode child in node.Children)
        {
            if (child.HasGroups)
                ForgetGroups(child, places);
        }
    }

    // Replaces the set of places on one side of a node by that on the other side.
    private void Run(RegexNode node, ulong[] set, bool backwards)
    {
        if ((_steps += _sets.Words) > 4096)
        {
            _steps = 0;
            PatternMatcher.CheckAttention(host);
        }

        switch (node.Kind)
        {
            case RegexNodeKind.Literal:
                RunLiteral(node.Text, set, backwards);
                break;
            case RegexNodeKind.Set:
                ulong[] moved = _sets.New();
                for (int at = _sets.First(set); at >= 0; at = _sets.Next(set, at))
                {
                    if (TryStep(node, at, backwards, out int next))
                        PlaceSets.Add(moved, next);
                }

                _sets.Move(moved, set);
                break;
            case RegexNodeKind.Sequence:
                for (int i = 0; i < node.Children.Length && _sets.First(set) >= 0; i++)
                    Run(node.Children[backwards ? node.Children.Length - 1 - i : i], set, backwards);
                break;
            case RegexNodeKind.Alternation:
                ulong[] all = _sets.New();
                foreach (RegexNode alternative in node.Children)
                {
                    ulong[] some = _sets.Copy(set);
                    Run(alternative, some, backwards);
                    _sets.Union(all, some);
                    _sets.Free(some);
                }

                _sets.Move(all, set);
                break;
            case RegexNodeKind.Repeat:
                RunRepeat(node.Children[0], node.Least, node.Most, set, backwards);
                break;
            case RegexNodeKind.Group:
                Run(node.Children[0], set, backwards);
                break;
            case RegexNodeKind.Assertion:
                ulong[] kept = _sets.New();
                for (int at = _sets.First(set); at >= 0; at = _sets.Next(set, at))
                {
                    if (Holds(node.Assertion, at))
                        PlaceSets.Add(kept, at);
                }

                _sets.Move(kept, set);
                break;
        }
    }

    private void RunLiteral(string text, ulong[] set, bool backwards)
    {
        ulong[] moved = _sets.New();
        for (int at = _sets.First(set); at >= 0; at = _sets.Next(set, at))
        {
            int from = backwards ? at - text.Length : at;
            if (from >= 0 && LargeText.StartsWith(subject.AsSpan(from), text, host))
                PlaceSets.Add(moved, backwards ? from : at + text.Length);
        }

        _sets.Move(moved, set);
    }

    private void RunRepeat(RegexNode inner, int least, int most, ulong[] set, bool backwards)
    {
        for (int i = 0; i < least && _sets.First(set) >= 0; i++)
            Run(inner, set, backwards);
        if (inner.Kind == RegexNodeKind.Set && most == RegexNode.Unbounded)
        {
            Spread(inner, set, backwards);
            return;
        }

        ulong[] fresh = _sets.Copy(set);
        for (int i = least; i < most && _sets.First(fresh) >= 0; i++)
        {
            Run(inner, fresh, backwards);
            _sets.Subtract(fresh, set);
            _sets.Union(set, fresh);
        }

        _sets.Free(fresh);
    }

    // Any number of single characters: one pass, for what is added lies ahead.
    private void Spread(RegexNode node, ulong[] set, bool backwards)
    {
        if (backwards)
        {
            for (int at = _sets.Last(set); at > 0; at--)
            {
                if ((at & 0xffff) == 0)
                    PatternMatcher.CheckAttention(host);
                if (PlaceSets.Contains(set, at) && TryStep(node, at, true, out int next))
                    PlaceSets.Add(set, next);
            }

            return;
        }

        for (int at = _sets.First(set); at >= 0; at = _sets.Next(set, at))
        {
            if (TryStep(node, at, false, out int next))
                PlaceSets.Add(set, next);
        }
    }

    private bool TryStep(RegexNode node, int at, bool backwards, out int next)
    {
        next = at;
        int from = at;
        if (backwards)
        {
            from = Previous(at);
            if (from < 0)
                return false;
        }
        else if (at >= subject.Length)
        {
            return false;
        }

        int code = Characters.CodeAt(subject, from, _utf8, out int length);
        if (node.Set is not null && !node.Set.Contains(code))
            return false;
        next = backwards ? from : at + length;
        return true;
    }

    private int Previous(int at)
    {
        if (!_utf8)
            return at - 1;
        for (int i = Math.Max(0, at - 4); i < at - 1; i++)
        {
            if (subject[i] >= 0xc2 && i + Characters.LengthAt(subject, i, true) == at)
                return i;
        }

        return at - 1;
    }

    private bool Holds(char assertion, int at)
    {
        bool before = at > 0 && IsWord(subject[at - 1]);
        bool after = at < subject.Length && IsWord(subject[at]);
        return assertion switch
        {
            '^' => at == 0,
            '$' => at == subject.Length,
            'b' => before != after,
            'B' => before == after,
            '<' => !before && after,
            _ => before && !after,
        };
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
