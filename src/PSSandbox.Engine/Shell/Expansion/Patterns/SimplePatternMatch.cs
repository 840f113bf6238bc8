namespace PSSandbox.Shell.Expansion;

/// <summary>
/// Matches patterns without groups at a place, directly: what stands between two stars is best found where it comes
/// first, and only the last piece decides how long the match is.
/// </summary>
internal static class SimplePatternMatch
{
    /// <summary>Where the shortest or longest match that begins at a place ends.</summary>
    /// <param name="elements">The pattern; no groups.</param>
    /// <param name="subject">The string.</param>
    /// <param name="at">Where the match begins.</param>
    /// <param name="longest">Whether the longest is wanted.</param>
    /// <param name="utf8">Whether characters are UTF-8 sequences.</param>
    /// <param name="host">The shell, whose process may be ended meanwhile.</param>
    /// <param name="hopeless">Whether there is no match from any later place either.</param>
    /// <returns>The end; -1 if there is no match.</returns>
    public static int FindEnd(
        ReadOnlySpan<PatternElement> elements, ReadOnlySpan<char> subject, int at, bool longest, bool utf8, IExpansionHost? host, out bool hopeless)
    {
        hopeless = false;
        int star = IndexOfStar(elements);
        if (!ConsumeAll(star < 0 ? elements : elements[..star], subject, ref at, utf8, host))
            return -1;
        if (star < 0)
            return at;
        ReadOnlySpan<PatternElement> rest = elements[(star + 1)..];
        for (int next = IndexOfStar(rest); next >= 0; next = IndexOfStar(rest))
        {
            at = FindFirst(rest[..next], subject, at, utf8, host);
            if (at < 0)
            {
                hopeless = true;
                return -1;
            }

            rest = rest[(next + 1)..];
        }

        if (rest.IsEmpty)
            return longest ? subject.Length : at;
        at = longest ? FindLast(rest, subject, at, utf8, host) : FindFirst(rest, subject, at, utf8, host);
        hopeless = at < 0;
        return at;
    }

    /// <summary>Goes over one element, no star and no group, if it matches.</summary>
    public static bool Consume(PatternElement element, ReadOnlySpan<char> subject, ref int at, bool utf8, IExpansionHost? host)
    {
        if (element.Kind == PatternElementKind.Literal)
        {
            if (!LargeText.StartsWith(subject[at..], element.Text, host))
                return false;
            at += element.Text.Length;
            return true;
        }

        if (at >= subject.Length)
            return false;
        int code = Characters.CodeAt(subject, at, utf8, out int length);
        if (element.Kind == PatternElementKind.Set && !element.Set!.Contains(code))
            return false;
        at += length;
        return true;
    }

    private static bool ConsumeAll(ReadOnlySpan<PatternElement> elements, ReadOnlySpan<char> subject, ref int at, bool utf8, IExpansionHost? host)
    {
        int rounds = 0;
        foreach (PatternElement element in elements)
        {
            if (!Consume(element, subject, ref at, utf8, host))
                return false;
            if ((++rounds & 0xffff) == 0)
                PatternMatcher.CheckAttention(host);
        }

        return true;
    }

    private static int IndexOfStar(ReadOnlySpan<PatternElement> elements)
    {
        for (int i = 0; i < elements.Length; i++)
        {
            if (elements[i].Kind == PatternElementKind.Star)
                return i;
        }

        return -1;
    }

    // The end of the first place at or behind another where a piece matches.
    private static int FindFirst(ReadOnlySpan<PatternElement> piece, ReadOnlySpan<char> subject, int at, bool utf8, IExpansionHost? host)
    {
        for (int steps = 1; at <= subject.Length; steps++)
        {
            if (piece[0].Kind == PatternElementKind.Literal)
            {
                int found = LargeText.IndexOf(subject[at..], piece[0].Text, host);
                if (found < 0)
                    return -1;
                at += found;
            }

            int end = at;
            if (ConsumeAll(piece, subject, ref end, utf8, host))
                return end;
            if (at == subject.Length)
                return -1;
            at += Characters.LengthAt(subject, at, utf8);
            if ((steps & 0xfff) == 0)
                PatternMatcher.CheckAttention(host);
        }

        return -1;
    }

    // The end of the last such place.
    private static int FindLast(ReadOnlySpan<PatternElement> piece, ReadOnlySpan<char> subject, int at, bool utf8, IExpansionHost? host)
    {
        if (piece is [{ Kind: PatternElementKind.Literal, Text: var text }])
        {
            int found = LargeText.LastIndexOf(subject[at..], text, host);
            return found < 0 ? -1 : at + found + text.Length;
        }

        for (int from = subject.Length, steps = 1; from >= at; from--, steps++)
        {
            // Not into the middle of a character.
            if (utf8 && from < subject.Length && (subject[from] & 0xc0) == 0x80 && from > at)
                continue;
            int end = from;
            if (ConsumeAll(piece, subject, ref end, utf8, host))
                return end;
            if ((steps & 0xfff) == 0)
                PatternMatcher.CheckAttention(host);
        }

        return -1;
    }
}
