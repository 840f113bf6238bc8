namespace PSSandbox.Shell.Expansion;

/// <summary>A set of characters: a bracket expression of a pattern or a regular expression.</summary>
internal sealed class CharacterSet
{
    private readonly ulong[] _low = new ulong[4];
    private readonly List<(int First, int Last)> _ranges = [];
    private readonly List<string> _classes = [];

    /// <summary>Whether it is those characters that are not listed.</summary>
    public bool Negated { get; set; }

    /// <summary>Adds characters by their codes.</summary>
    public void AddRange(int first, int last)
    {
        for (int c = first; c <= Math.Min(last, 255); c++)
            _low[c >> 6] |= 1UL << (c & 63);
        if (last > 255)
            _ranges.Add((Math.Max(first, 256), last));
    }

    /// <summary>Adds a named class.</summary>
    public void AddClass(string name, bool utf8)
    {
        for (int c = 0; c < (utf8 ? 256 : 128); c++)
        {
            if (CharacterClass.Contains(name, c))
                _low[c >> 6] |= 1UL << (c & 63);
        }

        if (utf8)
            _classes.Add(name);
    }

    /// <summary>Makes letters of both cases belong if one does.</summary>
    public void AddOtherCase()
    {
        for (int c = 'a'; c <= 'z'; c++)
        {
            int upper = c - 0x20;
            bool any = Listed(c) || Listed(upper);
            if (any)
            {
                AddRange(c, c);
                AddRange(upper, upper);
            }
        }
    }

    /// <summary>Whether a character belongs to it.</summary>
    public bool Contains(int code) => Listed(code) != Negated;

    private bool Listed(int code)
    {
        if (code < 256)
            return (_low[code >> 6] >> (code & 63) & 1) != 0;
        foreach ((int first, int last) in _ranges)
        {
            if (code >= first && code <= last)
                return true;
        }

        foreach (string name in _classes)
        {
            if (CharacterClass.Contains(name, code))
                return true;
        }

        return false;
    }
}
