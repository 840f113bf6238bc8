namespace PSSandbox.Shell.Expansion;

/// <summary>
/// A compiled POSIX extended regular expression on byte strings. Gives the leftmost match, of those the longest, with
/// groups that are as long as possible from left to right. Matching does not backtrack. Safe for use by several threads.
/// </summary>
internal sealed class Regex
{
    private const int MaxCached = 128;

    [ThreadStatic]
    private static Dictionary<(string Text, RegexOptions Options), Regex>? s_cache;

    private readonly RegexNode _root;
    private readonly RegexOptions _options;

    private Regex(RegexNode root, RegexOptions options, int groups)
    {
        _root = root;
        _options = options;
        GroupCount = groups;
    }

    /// <summary>Number of groups, the whole match not counted.</summary>
    public int GroupCount { get; }

    /// <summary>The compiled form of an expression; what a thread used lately is kept.</summary>
    /// <exception cref="ShellExpansionException">It is invalid; the status is 2.</exception>
    public static Regex Get(string text, RegexOptions options, IExpansionHost? host = null)
    {
        Dictionary<(string, RegexOptions), Regex> cache = s_cache ??= [];
        if (cache.TryGetValue((text, options), out Regex? regex))
            return regex;
        RegexNode root = RegexParser.TryParse(text, options, host, out int groups, out string? error)
            ?? throw new ShellExpansionException($"[[: invalid regular expression `{text}': {error}", 2);
        regex = new Regex(root, options, groups);
        if (text.Length > 1024)
            return regex;
        if (cache.Count >= MaxCached)
            cache.Clear();
        cache.Add((text, options), regex);
        return regex;
    }

    /// <summary>The first match at or behind a place; null if there is none.</summary>
    public RegexMatch? Match(string subject, int start, IExpansionHost? host = null)
    {
        bool utf8 = (_options & RegexOptions.Utf8) != 0;
        if ((_options & RegexOptions.IgnoreCase) != 0)
            subject = LetterCase.ToLower(subject, utf8: false, host);
        var places = new (int Start, int End)[GroupCount + 1];
        Array.Fill(places, (-1, -1));
        using var matcher = new RegexMatcher(subject, utf8, host);
        if (!matcher.TryFind(_root, start, out int from, out int to))
            return null;
        places[0] = (from, to);
        if (GroupCount > 0)
            matcher.FindGroups(_root, from, to, places);
        return new RegexMatch(places);
    }
}
