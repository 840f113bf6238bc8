using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace PSSandbox.Shell.Variables;

/// <summary>An indexed array: dense from 0 as long as it is filled that way, a tree for elements far off.</summary>
internal sealed class IndexedArray : IEnumerable<KeyValuePair<long, string>>
{
    private string?[] _dense;
    private int _length;
    private SortedDictionary<long, string>? _sparse;
    private long _lastSparse;

    /// <summary>Makes an empty array.</summary>
    public IndexedArray() => _dense = [];

    /// <summary>Makes an array of values from index 0.</summary>
    public IndexedArray(ReadOnlySpan<string> values)
    {
        _dense = new string?[values.Length];
        values.CopyTo(_dense!);
        _length = Count = values.Length;
    }

    private IndexedArray(IndexedArray other)
    {
        _dense = other._dense.AsSpan(0, other._length).ToArray();
        _length = other._length;
        Count = other.Count;
        if (other._sparse is not null)
            _sparse = new SortedDictionary<long, string>(other._sparse);
        _lastSparse = other._lastSparse;
    }

    /// <summary>Number of elements that are set.</summary>
    public int Count { get; private set; }

    /// <summary>Whether several variables hold it: then a copy is changed.</summary>
    internal bool Shared { get; set; }

    /// <summary>The highest index that is set; -1 when empty.</summary>
    public long LastIndex
    {
        get
        {
            if (_sparse is { Count: > 0 })
                return _lastSparse;

            for (int i = _length - 1; i >= 0; i--)
            {
                if (_dense[i] is not null)
                    return i;
            }

            return -1;
        }
    }

    /// <summary>The element at an index of 0 or more; null if it isn't set.</summary>
    public string? this[long index] =>
        (ulong)index < (ulong)_length ? _dense[index] : _sparse is not null && _sparse.TryGetValue(index, out string? value) ? value : null;

    /// <summary>Sets an element; <paramref name="index"/> is 0 or more.</summary>
    public void Set(long index, string value)
    {
        if (index < _length)
        {
            if (_dense[index] is null)
                Count++;
            _dense[index] = value;
            return;
        }

        if (index > 2L * Count + 64 || index >= Array.MaxLength)
        {
            _sparse ??= [];
            _lastSparse = _sparse.Count == 0 ? index : Math.Max(_lastSparse, index);
            int before = _sparse.Count;
            _sparse[index] = value;
            Count += _sparse.Count - before;
            return;
        }

        int length = (int)index + 1;
        if (length > _dense.Length)
            Array.Resize(ref _dense, Math.Max(length, _dense.Length < 4 ? 4 : (int)Math.Min(2L * _dense.Length, Array.MaxLength)));
        _length = length;
        if (_sparse is not null)
            MoveToDense();
        if (_dense[index] is null)
            Count++;
        _dense[index] = value;
    }

    /// <summary>Adds an element behind the last one.</summary>
    public void Add(string value) => Set(LastIndex + 1, value);

    /// <summary>Removes an element, if it is set.</summary>
    public void Remove(long index)
    {
        if ((ulong)index < (ulong)_length)
        {
            if (_dense[index] is null)
                return;
            _dense[index] = null;
            Count--;
            while (_length > 0 && _dense[_length - 1] is null)
                _length--;
        }
        else if (_sparse is not null && _sparse.Remove(index))
        {
            Count--;
            if (index == _lastSparse && _sparse.Count > 0)
                _lastSparse = _sparse.Keys.Max();
        }
    }

    /// <summary>The values in order of index.</summary>
    public void CopyValuesTo(List<string> output)
    {
        for (int i = 0; i < _length; i++)
        {
            if (_dense[i] is { } value)
                output.Add(value);
        }

        if (_sparse is not null)
            output.AddRange(_sparse.Values);
    }

    /// <summary>A copy to change.</summary>
    public IndexedArray Clone() => new(this);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<long, string>> GetEnumerator()
    {
        for (int i = 0; i < _length; i++)
        {
            if (_dense[i] is { } value)
                yield return new(i, value);
        }

        if (_sparse is null)
            yield break;
        foreach (KeyValuePair<long, string> entry in _sparse)
            yield return entry;
    }

    [SuppressMessage("Design", "CA1033", Justification = "Sealed type.")]
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Elements of the tree that the dense part has grown over.
    private void MoveToDense()
    {
        List<long> moved = [];
        foreach ((long index, string value) in _sparse!)
        {
            if (index >= _length)
                break;
            _dense[index] = value;
            moved.Add(index);
        }

        foreach (long index in moved)
            _sparse.Remove(index);
        if (_sparse.Count == 0)
            _sparse = null;
    }
}
