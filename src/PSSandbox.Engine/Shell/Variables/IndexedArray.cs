using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace PSSandbox.Shell.Variables;

/// <summary>An indexed array: dense from 0 as long as it is filled that way, beside it what is far off.</summary>
internal sealed class IndexedArray : IEnumerable<KeyValuePair<long, string>>
{
    private const int Piece = 64 << 10;

    private string?[] _dense;
    private int _length;
    private SparseElements? _sparse;

    /// <summary>Makes an empty array.</summary>
    public IndexedArray() => _dense = [];

    /// <summary>Makes an array of values from index 0.</summary>
    public IndexedArray(ReadOnlySpan<string> values)
    {
        _dense = new string?[values.Length];
        values.CopyTo(_dense!);
        _length = Count = values.Length;
        foreach (string value in values)
            Characters += value.Length;
    }

    private IndexedArray(IndexedArray other, Action checkpoint)
    {
        _dense = new string?[other._length];
        for (int at = 0; at < _dense.Length; at += Piece)
        {
            checkpoint();
            int length = Math.Min(Piece, _dense.Length - at);
            other._dense.AsSpan(at, length).CopyTo(_dense.AsSpan(at));
        }

        _length = other._length;
        Count = other.Count;
        Characters = other.Characters;
        if (other._sparse is not null)
            _sparse = new SparseElements(other._sparse, checkpoint);
    }

    /// <summary>Number of elements that are set.</summary>
    public int Count { get; private set; }

    /// <summary>Characters of all elements.</summary>
    public long Characters { get; private set; }

    /// <summary>Whether several variables hold it: then a copy is changed.</summary>
    internal bool Shared { get; set; }

    /// <summary>The highest index that is set; -1 when empty.</summary>
    public long LastIndex
    {
        get
        {
            if (_sparse is { Count: > 0 })
                return _sparse.LastIndex;

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
        (ulong)index < (ulong)_length ? _dense[index] : _sparse is not null && _sparse.TryGet(index, out string? value) ? value : null;

    /// <summary>Sets an element; <paramref name="index"/> is 0 or more.</summary>
    public void Set(long index, string value)
    {
        if (index < _length)
        {
            Counted(_dense[index], value);
            _dense[index] = value;
            return;
        }

        if (index > 2L * Count + 64 || index >= Array.MaxLength)
        {
            _sparse ??= new SparseElements();
            Counted(_sparse.Set(index, value), value);
            return;
        }

        int length = (int)index + 1;
        if (length > _dense.Length)
            Array.Resize(ref _dense, Math.Max(length, _dense.Length < 4 ? 4 : (int)Math.Min(2L * _dense.Length, Array.MaxLength)));
        _length = length;
        if (_sparse is not null)
            MoveToDense();
        Counted(_dense[index], value);
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
            Counted(_dense[index], null);
            _dense[index] = null;
            while (_length > 0 && _dense[_length - 1] is null)
                _length--;
        }
        else if (_sparse?.Remove(index) is { } removed)
        {
            Counted(removed, null);
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

        _sparse?.CopyValuesTo(output);
    }

    /// <summary>A copy to change.</summary>
    /// <param name="checkpoint">Called between pieces of a large one.</param>
    public IndexedArray Clone(Action checkpoint) => new(this, checkpoint);

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

    private void Counted(string? former, string? value)
    {
        Count += (value is null ? 0 : 1) - (former is null ? 0 : 1);
        Characters += (value?.Length ?? 0) - (former?.Length ?? 0);
    }

    // Those that the dense part has grown over.
    private void MoveToDense()
    {
        _sparse!.MoveBelow(_length, _dense);
        if (_sparse.Count == 0)
            _sparse = null;
    }
}
