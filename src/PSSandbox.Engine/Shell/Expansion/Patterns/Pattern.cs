namespace PSSandbox.Shell.Expansion;

/// <summary>
/// A compiled shell pattern. Matching takes time linear in the subject for the usual forms and polynomial for all; the
/// depth of the stack depends on the pattern's nesting alone, which is bounded. Safe for use by several threads.
/// </summary>
internal sealed class Pattern
{
    private const int MaxCached = 512;
    private const int MaxCachedLength = 256;
    private const int PatternOptionSets = 1 + (int)(PatternOptions.Extended | PatternOptions.IgnoreCase | PatternOptions.Utf8);

    [ThreadStatic]
    private static Dictionary<string, Pattern>?[]? s_caches;

    private readonly PatternElement[] _elements;
    private readonly Shape _shape;
    private readonly string _literal;

    private Pattern(string text, PatternOptions options, IExpansionHost? host)
    {
        Text = text;
        Options = options;
        _elements = PatternCompiler.Compile(text, options, host);
        HasGroups = Array.Exists(_elements, static e => e.Kind == PatternElementKind.Group);
        (_shape, _literal) = FindShape(_elements);
    }

    private enum Shape
    {
        General,
        Empty,
        Literal,
        All,
        Prefix,
        Suffix,
        Infix,
        SuffixSet,
        Set,
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>How it is matched.</summary>
    public PatternOptions Options { get; }

    /// <summary>What it consists of.</summary>
    public ReadOnlySpan<PatternElement> Elements => _elements;

    /// <summary>Whether there are extended patterns in it.</summary>
    public bool HasGroups { get; }

    /// <summary>The only string that it matches; null if it matches others, or upper and lower case.</summary>
    public string? ExactText => IgnoresCase ? null : _shape == Shape.Literal ? _literal : _shape == Shape.Empty ? "" : null;

    private bool IgnoresCase => (Options & PatternOptions.IgnoreCase) != 0;

    private bool IsUtf8 => (Options & PatternOptions.Utf8) != 0;

    /// <summary>The compiled pattern of a text; what a thread used lately is kept.</summary>
    public static Pattern Get(string text, PatternOptions options, IExpansionHost? host = null)
    {
        if (text.Length > MaxCachedLength)
            return new Pattern(text, options, host);
        Dictionary<string, Pattern>?[] caches = s_caches ??= new Dictionary<string, Pattern>?[PatternOptionSets];
        Dictionary<string, Pattern> cache = caches[(int)options] ??= new Dictionary<string, Pattern>(StringComparer.Ordinal);
        if (cache.TryGetValue(text, out Pattern? pattern))
            return pattern;
        if (cache.Count >= MaxCached)
            cache.Clear();
        pattern = new Pattern(text, options, host);
        cache.Add(text, pattern);
        return pattern;
    }

    /// <summary>Whether it matches a whole string.</summary>
    public bool IsMatch(ReadOnlySpan<char> subject, IExpansionHost? host = null)
    {
        if (IgnoresCase)
            return IsMatchFolded(subject, host);
        switch (_shape)
        {
            case Shape.Empty:
                return subject.IsEmpty;
            case Shape.Literal:
                return LargeText.Equals(subject, _literal, host);
            case Shape.All:
                return true;
            case Shape.Prefix:
                return LargeText.StartsWith(subject, _literal, host);
            case Shape.Suffix:
                return LargeText.EndsWith(subject, _literal, host);
            case Shape.Infix:
                return LargeText.IndexOf(subject, _literal, host) >= 0;
            case Shape.Set when subject.Length == 1 && (subject[0] < 0x80 || !IsUtf8):
                return _elements[0].Set!.Contains(subject[0]);
            case Shape.SuffixSet when subject.Length > 0 && (subject[^1] < 0x80 || !IsUtf8):
                return _elements[1].Set!.Contains(subject[^1]);
            default:
                return Match(subject, host);
        }
    }

    /// <summary>The length of the shortest or longest prefix that it matches; -1 if there is none.</summary>
    public int MatchPrefix(string subject, bool longest, IExpansionHost? host = null)
    {
        switch (IgnoresCase ? Shape.General : _shape)
        {
            case Shape.Empty:
                return 0;
            case Shape.Literal:
                return LargeText.StartsWith(subject, _literal, host) ? _literal.Length : -1;
            case Shape.All:
                return longest ? subject.Length : 0;
            case Shape.Prefix:
                return !LargeText.StartsWith(subject, _literal, host) ? -1 : longest ? subject.Length : _literal.Length;
            case Shape.Suffix:
                int at = longest ? LargeText.LastIndexOf(subject, _literal, host) : LargeText.IndexOf(subject, _literal, host);
                return at < 0 ? -1 : at + _literal.Length;
            case var _ when !HasGroups:
                return SimplePatternMatch.FindEnd(_elements, Fold(subject, host), 0, longest, IsUtf8 && !LargeText.IsAscii(subject, host), host, out _);
            default:
                using (var matcher = new PatternMatcher(Fold(subject, host), IsUtf8, backwards: false, host))
                    return matcher.Match(_elements, 0, longest);
        }
    }

    /// <summary>The place where the shortest or longest suffix that it matches begins; -1 if there is none.</summary>
    public int MatchSuffix(string subject, bool longest, IExpansionHost? host = null)
    {
        switch (IgnoresCase ? Shape.General : _shape)
        {
            case Shape.Empty:
                return subject.Length;
            case Shape.Literal or Shape.Suffix when _shape == Shape.Literal || !longest:
                return LargeText.EndsWith(subject, _literal, host) ? subject.Length - _literal.Length : -1;
            case Shape.Suffix:
                return LargeText.EndsWith(subject, _literal, host) ? 0 : -1;
            case Shape.All:
                return longest ? 0 : subject.Length;
            case Shape.Prefix:
                return longest ? LargeText.IndexOf(subject, _literal, host) : LargeText.LastIndexOf(subject, _literal, host);
            default:
                using (var matcher = new PatternMatcher(Fold(subject, host), IsUtf8, backwards: true, host))
                    return matcher.Match(_elements, subject.Length, longest);
        }
    }

    /// <summary>Begins a search for matches in a string, one after the other, each the longest at its place.</summary>
    public PatternSearch Search(string subject, IExpansionHost? host = null) => new(this, subject, Fold(subject, host), host);

    /// <summary>The subject in the case that the compiled pattern has.</summary>
    private string Fold(string subject, IExpansionHost? host) => IgnoresCase ? FoldCase(subject, host) : subject;

    private static string FoldCase(string subject, IExpansionHost? host) => LetterCase.ToLower(subject, utf8: false, host);

    private bool IsMatchFolded(ReadOnlySpan<char> subject, IExpansionHost? host)
    {
        if (subject.Length > 256)
            return Match(FoldCase(LargeText.Copy(subject, host), host), host);
        Span<char> folded = stackalloc char[subject.Length];
        for (int i = 0; i < folded.Length; i++)
            folded[i] = char.IsAsciiLetterUpper(subject[i]) ? (char)(subject[i] | 0x20) : subject[i];
        return Match(folded, host);
    }

    private bool Match(ReadOnlySpan<char> subject, IExpansionHost? host)
    {
        if (!HasGroups)
            return MatchSimple(subject, host);
        using var matcher = new PatternMatcher(LargeText.Copy(subject, host), IsUtf8, backwards: false, host);
        return matcher.Match(_elements, 0, longest: true) == subject.Length;
    }

    // Without groups only the last star ever needs another try.
    private bool MatchSimple(ReadOnlySpan<char> subject, IExpansionHost? host)
    {
        ReadOnlySpan<PatternElement> elements = _elements;
        bool utf8 = IsUtf8 && !LargeText.IsAscii(subject, host);
        int element = 0, at = 0, star = -1, starAt = 0, steps = 0;
        while (true)
        {
            if (element < elements.Length && elements[element].Kind == PatternElementKind.Star)
            {
                star = element++;
                starAt = at;
                if (element == elements.Length)
                    return true;
            }
            else if (element < elements.Length && SimplePatternMatch.Consume(elements[element], subject, ref at, utf8, host))
            {
                element++;
                if ((++steps & 0xfff) == 0)
                    PatternMatcher.CheckAttention(host);
                continue;
            }
            else if (element == elements.Length && at == subject.Length)
            {
                return true;
            }
            else
            {
                if (star < 0 || starAt >= subject.Length)
                    return false;
                starAt += Characters.LengthAt(subject, starAt, utf8);
                element = star + 1;
                if ((++steps & 0xfff) == 0)
                    PatternMatcher.CheckAttention(host);
            }

            if (elements[element].Kind == PatternElementKind.Literal)
            {
                int found = LargeText.IndexOf(subject[starAt..], elements[element].Text, host);
                if (found < 0)
                    return false;
                starAt += found;
            }

            at = starAt;
        }
    }

    private static (Shape Shape, string Literal) FindShape(PatternElement[] e) => e switch
    {
        [] => (Shape.Empty, ""),
        [{ Kind: PatternElementKind.Literal, Text: var text }] => (Shape.Literal, text),
        [{ Kind: PatternElementKind.Star }] => (Shape.All, ""),
        [{ Kind: PatternElementKind.Set }] => (Shape.Set, ""),
        [{ Kind: PatternElementKind.Literal, Text: var text }, { Kind: PatternElementKind.Star }] => (Shape.Prefix, text),
        [{ Kind: PatternElementKind.Star }, { Kind: PatternElementKind.Literal, Text: var text }] => (Shape.Suffix, text),
        [{ Kind: PatternElementKind.Star }, { Kind: PatternElementKind.Set }] => (Shape.SuffixSet, ""),
        [{ Kind: PatternElementKind.Star }, { Kind: PatternElementKind.Literal, Text: var text }, { Kind: PatternElementKind.Star }] => (Shape.Infix, text),
        _ => (Shape.General, ""),
    };
}
