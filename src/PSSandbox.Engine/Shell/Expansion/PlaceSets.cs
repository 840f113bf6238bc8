using System.Buffers;
using System.Numerics;

namespace PSSandbox.Shell.Expansion;

/// <summary>
/// Sets of places in a string, as bits: what pattern and regular expression matching work with instead of backtracking.
/// Sets come from a pool and go back to it when this is disposed.
/// </summary>
/// <param name="length">Places are 0 to this number.</param>
/// <param name="host">The shell, whose process may be ended while places are gone through.</param>
internal sealed class PlaceSets(int length, IExpansionHost? host) : IDisposable
{
    private readonly int _words = (length >> 6) + 1;
    private readonly Stack<ulong[]> _free = new();
    private readonly List<ulong[]> _rented = [];
    private int _looks;

    /// <summary>Number of words of a set: a measure of what an operation costs.</summary>
    public int Words => _words;

    /// <summary>An empty set.</summary>
    public ulong[] New()
    {
        if (!_free.TryPop(out ulong[]? set))
        {
            set = ArrayPool<ulong>.Shared.Rent(_words);
            _rented.Add(set);
        }

        set.AsSpan(0, _words).Clear();
        return set;
    }

    /// <summary>A set of one place.</summary>
    public ulong[] New(int place)
    {
        ulong[] set = New();
        Add(set, place);
        return set;
    }

    /// <summary>A copy.</summary>
    public ulong[] Copy(ulong[] set)
    {
        ulong[] copy = New();
        set.AsSpan(0, _words).CopyTo(copy);
        return copy;
    }

    /// <summary>Gives a set back.</summary>
    public void Free(ulong[] set) => _free.Push(set);

    /// <summary>Replaces a set by another, which is given back.</summary>
    public void Move(ulong[] from, ulong[] to)
    {
        from.AsSpan(0, _words).CopyTo(to);
        Free(from);
    }

    /// <summary>Adds all of another.</summary>
    public void Union(ulong[] set, ulong[] other)
    {
        for (int i = 0; i < _words; i++)
            set[i] |= other[i];
    }

    /// <summary>Keeps what is in another too.</summary>
    public void Intersect(ulong[] set, ulong[] other)
    {
        for (int i = 0; i < _words; i++)
            set[i] &= other[i];
    }

    /// <summary>Removes all of another.</summary>
    public void Subtract(ulong[] set, ulong[] other)
    {
        for (int i = 0; i < _words; i++)
            set[i] &= ~other[i];
    }

    /// <summary>Empties a set.</summary>
    public void Clear(ulong[] set) => set.AsSpan(0, _words).Clear();

    /// <summary>Adds a place.</summary>
    public static void Add(ulong[] set, int place) => set[place >> 6] |= 1UL << (place & 63);

    /// <summary>Adds all places from one to another.</summary>
    public static void AddRange(ulong[] set, int from, int to)
    {
        if (from > to)
            return;
        int first = from >> 6;
        int last = to >> 6;
        ulong low = ulong.MaxValue << (from & 63);
        ulong high = ulong.MaxValue >> (63 - (to & 63));
        if (first == last)
        {
            set[first] |= low & high;
            return;
        }

        set[first] |= low;
        set.AsSpan(first + 1, last - first - 1).Fill(ulong.MaxValue);
        set[last] |= high;
    }

    /// <summary>Whether a place is in it.</summary>
    public static bool Contains(ulong[] set, int place) => (set[place >> 6] >> (place & 63) & 1) != 0;

    /// <summary>The least place; -1 of an empty set.</summary>
    public int First(ulong[] set) => Next(set, -1);

    /// <summary>The least place behind another; -1 if there is none.</summary>
    public int Next(ulong[] set, int after)
    {
        if ((++_looks & 0xffff) == 0)
            PatternMatcher.CheckAttention(host);
        int place = after + 1;
        int word = place >> 6;
        if (word >= _words)
            return -1;
        ulong bits = set[word] & (ulong.MaxValue << (place & 63));
        while (bits == 0)
        {
            if (++word >= _words)
                return -1;
            bits = set[word];
        }

        return (word << 6) + BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>The greatest place; -1 of an empty set.</summary>
    public int Last(ulong[] set)
    {
        for (int word = _words - 1; word >= 0; word--)
        {
            if (set[word] != 0)
                return (word << 6) + 63 - BitOperations.LeadingZeroCount(set[word]);
        }

        return -1;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ulong[] set in _rented)
            ArrayPool<ulong>.Shared.Return(set);
        _rented.Clear();
        _free.Clear();
    }
}
