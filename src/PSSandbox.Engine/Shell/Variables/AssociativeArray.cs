using System.Collections;

namespace PSSandbox.Shell.Variables;

/// <summary>An associative array; gives its elements in the order in which their keys came.</summary>
internal sealed class AssociativeArray : IEnumerable<KeyValuePair<string, string>>
{
    private readonly Dictionary<string, int> _places;
    private readonly List<(string Key, string? Value)> _entries;

    /// <summary>Makes an empty array.</summary>
    public AssociativeArray()
    {
        _places = [];
        _entries = [];
    }

    private AssociativeArray(AssociativeArray other)
    {
        _places = new Dictionary<string, int>(other.Count);
        _entries = new List<(string Key, string? Value)>(other.Count);
        foreach ((string key, string value) in other)
            Set(key, value);
    }

    /// <summary>Number of elements.</summary>
    public int Count => _places.Count;

    /// <summary>Whether several variables hold it: then a copy is changed.</summary>
    internal bool Shared { get; set; }

    /// <summary>The element of a key; null if there is none.</summary>
    public string? this[string key] => _places.TryGetValue(key, out int place) ? _entries[place].Value : null;

    /// <summary>Sets an element.</summary>
    public void Set(string key, string value)
    {
        if (_places.TryGetValue(key, out int place))
        {
            _entries[place] = (key, value);
            return;
        }

        _places.Add(key, _entries.Count);
        _entries.Add((key, value));
    }

    /// <summary>Removes an element, if there is one.</summary>
    public void Remove(string key)
    {
        if (!_places.Remove(key, out int place))
            return;
        _entries[place] = (key, null);
        if (_entries.Count > 32 && _entries.Count > 2 * _places.Count)
            Compact();
    }

    /// <summary>The values in order.</summary>
    public void CopyValuesTo(List<string> output)
    {
        foreach ((_, string? value) in _entries)
        {
            if (value is not null)
                output.Add(value);
        }
    }

    /// <summary>A copy to change.</summary>
    public AssociativeArray Clone() => new(this);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        foreach ((string key, string? value) in _entries)
        {
            if (value is not null)
                yield return new(key, value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Removed elements leave gaps, so that removing is cheap; half gaps is enough.
    private void Compact()
    {
        _entries.RemoveAll(static e => e.Value is null);
        for (int i = 0; i < _entries.Count; i++)
            _places[_entries[i].Key] = i;
    }
}
