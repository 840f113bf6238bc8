using System.Collections;

namespace PSSandbox.Shell.Variables;

/// <summary>
/// An associative array. It gives its elements in the order of bash, which scripts come to rely on: by the places that bash's
/// hash function gives their keys.
/// </summary>
internal sealed class AssociativeArray : IEnumerable<KeyValuePair<string, string>>
{
    private const int FirstBuckets = 1024;
    private const int Growth = 4;
    private const int Fill = 2;

    // Of elements between two checkpoints.
    private const int Mask = 0xfff;

    private readonly Dictionary<string, int> _places;
    private readonly List<(string Key, string? Value)> _entries;
    private int[]? _order;
    private int _buckets;

    /// <summary>Makes an empty array.</summary>
    public AssociativeArray()
    {
        _places = [];
        _entries = [];
        _buckets = FirstBuckets;
    }

    private AssociativeArray(AssociativeArray other, Action checkpoint)
    {
        _places = new Dictionary<string, int>(other.Count);
        _entries = new List<(string Key, string? Value)>(other.Count);
        foreach ((string key, string? value) in other._entries)
        {
            if (value is not null)
                Set(key, value);
            if ((_entries.Count & Mask) == Mask)
                checkpoint();
        }

        _buckets = other._buckets;
    }

    /// <summary>Number of elements.</summary>
    public int Count => _places.Count;

    /// <summary>Characters of all keys and elements.</summary>
    public long Characters { get; private set; }

    /// <summary>Whether several variables hold it: then a copy is changed.</summary>
    internal bool Shared { get; set; }

    /// <summary>The element of a key; null if there is none.</summary>
    public string? this[string key] => _places.TryGetValue(key, out int place) ? _entries[place].Value : null;

    /// <summary>Sets an element.</summary>
    public void Set(string key, string value)
    {
        if (_places.TryGetValue(key, out int place))
        {
            Characters += value.Length - _entries[place].Value!.Length;
            _entries[place] = (key, value);
            return;
        }

        if (_places.Count >= (long)_buckets * Fill)
            _buckets *= Growth;
        _places.Add(key, _entries.Count);
        Characters += key.Length + value.Length;
        _entries.Add((key, value));
        _order = null;
    }

    /// <summary>Removes an element, if there is one.</summary>
    public void Remove(string key)
    {
        if (!_places.Remove(key, out int place))
            return;
        Characters -= key.Length + _entries[place].Value!.Length;
        _entries[place] = (key, null);
        _order = null;
        if (_entries.Count > 32 && _entries.Count > 2 * _places.Count)
            Compact();
    }

    /// <summary>The values in order.</summary>
    public void CopyValuesTo(List<string> output)
    {
        foreach (int place in Order())
            output.Add(_entries[place].Value!);
    }

    /// <summary>A copy to change.</summary>
    /// <param name="checkpoint">Called between pieces of a large one.</param>
    public AssociativeArray Clone(Action checkpoint) => new(this, checkpoint);

    /// <summary>Finds the order of the elements, which takes long for millions; then they are enumerated at once.</summary>
    /// <param name="checkpoint">Called between pieces of a large one.</param>
    public void PutInOrder(Action checkpoint) => Order(checkpoint);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        foreach (int place in Order())
            yield return new(_entries[place].Key, _entries[place].Value!);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The places of the elements: by bucket, the latest first in each.</summary>
    private int[] Order(Action? checkpoint = null)
    {
        if (_order is not null)
            return _order;

        // How many are in the buckets up to each, which is where those of the next one begin.
        int[] ends = new int[_buckets];
        int[] buckets = new int[_entries.Count];
        for (int place = 0; place < buckets.Length; place++)
        {
            if ((place & Mask) == Mask)
                checkpoint?.Invoke();
            if (_entries[place].Value is null)
                continue;
            buckets[place] = (int)(BashHash.Of(_entries[place].Key) & (uint)(_buckets - 1));
            ends[buckets[place]]++;
        }

        for (int i = 1; i < ends.Length; i++)
            ends[i] += ends[i - 1];
        int[] order = new int[_places.Count];
        for (int place = 0; place < buckets.Length; place++)
        {
            if ((place & Mask) == Mask)
                checkpoint?.Invoke();
            if (_entries[place].Value is not null)
                order[--ends[buckets[place]]] = place;
        }

        return _order = order;
    }

    // Removed elements leave gaps, so that removing is cheap; half gaps is enough.
    private void Compact()
    {
        _entries.RemoveAll(static e => e.Value is null);
        for (int i = 0; i < _entries.Count; i++)
            _places[_entries[i].Key] = i;
    }
}
